"""What an evidence pack (档案) holds, as plain values: no words, no links, no page.

The record of a person is the same in both files, the person's (一人一档) and the class's
(一班一档). Every value is JSON text, number or list: the same rows always have the same digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.queries.packs import awards, findings, results, study, teaching
from training.models import Enrolment, TrainingClass
from training.queries import gates_of

SCHEMA = 2
Content = dict[str, Any]


def places_of(training_class: TrainingClass) -> list[Enrolment]:
    """Everybody in the class in the order of the roster, with what a record reads of them."""
    return list(_places().filter(training_class=training_class).order_by("person__number"))


def place(enrolment_id: int) -> Enrolment:
    """One place with what its record reads."""
    found: Enrolment = _places().get(pk=enrolment_id)
    return found


def _places() -> Any:
    return Enrolment.objects.select_related(
        "training_class__programme__exam",
        "training_class__programme__assessment_scheme",
        "training_class__sitting",
        "person__profile__unit__parent",
        "person__profile__post",
        "enrolled_by",
    )


@dataclass(frozen=True)
class Depth:
    """How deep a record goes: lessons and rubric lines, the names of markers, figures of results
    that are not approved yet (of the theory exam alone `theory`), money, findings in the record
    of study (`findings`, never those about `reader`)."""

    full: bool = True
    names_markers: bool = True
    unapproved: bool = True
    theory: bool = True
    money: bool = True
    findings: bool = True
    reader: int | None = None


# Marking is blind, and a trainee is told a result once it is approved; the score of the own paper
# once it is marked. Nobody reads findings about oneself.
OWN = Depth(names_markers=False, unapproved=False, findings=False)
TRAINER = Depth(names_markers=False, unapproved=False, theory=False, money=False)


def class_content(
    training_class: TrainingClass, *, at: datetime, depth: Depth = Depth()
) -> Content:
    """The file of a class. Not `full`, it has every figure but no lessons and no rubric lines."""
    places = places_of(training_class)
    content = _head("class", training_class, at=at)
    return content | {"people": records(training_class, places, at=at, depth=depth)}


def person_content(enrolment: Enrolment, *, at: datetime, depth: Depth = Depth()) -> Content:
    """The file of one person in one class."""
    training_class = enrolment.training_class
    (person,) = records(training_class, [enrolment], at=at, depth=depth)
    return _head("person", training_class, [enrolment], at=at) | {"person": person}


def _head(
    kind: str,
    training_class: TrainingClass,
    places: Sequence[Enrolment] | None = None,
    *,
    at: datetime,
) -> Content:
    return {
        "schema": SCHEMA,
        "kind": kind,
        "class": teaching.class_facts(training_class),
        "programme": teaching.programme_facts(training_class),
        "courses": teaching.course_facts(training_class),
        "steps": teaching.steps_of(training_class),
        "sessions": teaching.session_facts(training_class, places, at=at),
    }


def records(
    training_class: TrainingClass,
    places: Sequence[Enrolment],
    *,
    at: datetime,
    depth: Depth,
) -> list[dict[str, Any]]:
    """The records of some people of a class; a fixed number of queries, however many they are."""
    gates = gates_of(training_class, at)
    parts: dict[str, dict[int, Any]] = {
        "attendance": teaching.attendance_of(training_class, places),
        "corrections": teaching.corrections_of(training_class),
        "theory": results.theory_of(training_class, places),
        "practical": results.practical_of(
            places, full=depth.full, names_markers=depth.names_markers
        ),
        "process": results.process_of(places, full=depth.full),
        "assessment": results.assessments_of(places),
        "certificates": awards.certificates_of(places),
    }
    if depth.money:
        parts["money"] = awards.money_of(places)
    if depth.full:
        parts |= study.study_of_people(training_class, places)
    if depth.findings:
        parts["findings"] = findings.findings_of(
            [one for one in places if one.person_id != depth.reader]
        )
    found = [
        teaching.person_facts(place)
        | study.gate_facts(gates[place.pk])
        | {name: rows.get(place.pk) for name, rows in parts.items()}
        for place in places
    ]
    if not depth.unapproved:
        for person in found:
            results.close_unapproved(person, theory=depth.theory)
    return found
