"""Enrolling people: all or nothing, with the reason for each who cannot be taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.models import PracticalTaskVersion
from exams.services import open_assessment
from kit.identifiers import age_on
from learning.services import grant_courses
from people.roles import TRAINEE, has_role
from training.choices import TAKING_PEOPLE, EnrolmentState
from training.errors import Refusal, TrainingError
from training.models import Enrolment, TrainingClass
from training.permissions import runs_classes
from training.rules.age import is_minor, is_too_young
from training.services.admitting import refresh_admission
from training.signals import person_enrolled


@dataclass(frozen=True)
class EnrolmentOutcome:
    """The new places, and those among them who are 16 or 17."""

    enrolments: tuple[Enrolment, ...]
    minors: tuple[Enrolment, ...]


@transaction.atomic
def enrol_people(
    *, training_class: TrainingClass, people: Sequence[Any], by: Any, at: datetime
) -> EnrolmentOutcome:
    """Give each person a place, courses, tasks and an open assessment, or nobody anything.

    `person_enrolled` is sent for every place inside the transaction.
    Raises TrainingError: not_allowed, not_taking, nobody, no_room, people_refused (with one
    refusal a person: not_trainee, no_profile, too_young, enrolled_here, in_training).
    """
    locked = _lock(training_class, by)
    everybody = list({person.pk: person for person in people}.values())
    _lock_people(everybody)
    _check_room(locked, everybody)
    refusals = _refusals(locked, everybody)
    if refusals:
        raise TrainingError("people_refused", _("Nobody was enrolled."), refusals)
    places = [_take_in(locked, person, by, at) for person in everybody]
    minors = tuple(place for place in places if is_minor(_age(place.person, locked.opens_on) or 0))
    record(
        action="training.people_enrolled",
        at=at,
        actor=by,
        obj=locked,
        detail={"enrolments": [place.pk for place in places], "minors": len(minors)},
    )
    return EnrolmentOutcome(tuple(places), minors)


def _lock(training_class: TrainingClass, by: Any) -> TrainingClass:
    if not runs_classes(by):
        raise TrainingError("not_allowed", _("Only HR enrols people."))
    locked = (
        TrainingClass.objects.select_for_update(of=("self",))
        .select_related("programme__assessment_scheme", "sitting")
        .get(pk=training_class.pk)
    )
    if locked.state not in TAKING_PEOPLE:
        raise TrainingError("not_taking", _("People are enrolled while a class is filed or open."))
    return locked


def _lock_people(people: list[Any]) -> None:
    """Two classes of one programme that enrol somebody at once: the second finds the first."""
    accounts = get_user_model().objects.filter(pk__in=[person.pk for person in people])
    list(accounts.select_for_update(no_key=True).order_by("pk").values("pk"))


def _check_room(training_class: TrainingClass, people: list[Any]) -> None:
    if not people:
        raise TrainingError("nobody", _("Choose at least one person."))
    free = training_class.capacity - training_class.enrolments.count()
    if len(people) > free:
        message = _("%(count)s people chosen, but only %(free)s places are free.")
        raise TrainingError("no_room", message % {"count": len(people), "free": free})


def _refusals(training_class: TrainingClass, people: list[Any]) -> list[Refusal]:
    elsewhere = dict(
        Enrolment.objects.in_training()
        .filter(person__in=people, training_class__programme=training_class.programme_id)
        .exclude(training_class=training_class)
        .values_list("person_id", "training_class__code")
    )
    here = set(
        training_class.enrolments.filter(person__in=people).values_list("person_id", flat=True)
    )
    found = ((person, _fault(person, training_class, here, elsewhere)) for person in people)
    return [Refusal(person, *fault) for person, fault in found if fault]


def _fault(
    person: Any, training_class: TrainingClass, here: set[int], elsewhere: dict[int, str]
) -> tuple[str, str] | None:
    if not has_role(person, TRAINEE):
        return "not_trainee", _("Not an active trainee account.")
    age = _age(person, training_class.opens_on)
    if age is None:
        return "no_profile", _("The date of birth is not known.")
    if is_too_young(age):
        return "too_young", _("Under 16 on the first day of the class.")
    if person.pk in here:
        return "enrolled_here", _("Already in this class.")
    if person.pk in elsewhere:
        message = _("Still in class %(code)s of this programme.") % {"code": elsewhere[person.pk]}
        return "in_training", message
    return None


def _age(person: Any, on: date) -> int | None:
    profile = getattr(person, "profile", None)
    return age_on(profile.born_on, on) if profile and profile.born_on else None


def _take_in(training_class: TrainingClass, person: Any, by: Any, at: datetime) -> Enrolment:
    programme = training_class.programme
    scheme = programme.assessment_scheme
    if scheme is None:  # taken away after the class was opened
        raise TrainingError("programme_incomplete", _("The programme has no assessment scheme."))
    place = Enrolment.objects.create(
        training_class=training_class,
        person=person,
        state=EnrolmentState.ENROLLED,
        category=person.profile.category,
        list_price_fen=programme.list_price_fen,
        enrolled_at=at,
        enrolled_by=by,
    )
    _open_courses(place, at)
    open_assessment(
        person=person,
        context=place.context,
        title=f"{programme.title} · {training_class.code}",
        scheme=scheme,
        sitting=training_class.sitting,
        task_versions=_tasks_for(programme),
        due_at=_due_at(training_class),
        excluded_markers=training_class.trainers.all(),
        by=by,
        at=at,
    )
    person_enrolled.send(sender=Enrolment, enrolment=place, at=at)
    refresh_admission(enrolment_id=place.pk, at=at)
    return place


def _open_courses(place: Enrolment, at: datetime) -> None:
    """The courses of the class, each in the version that the class runs on."""
    pinned = list(place.training_class.class_courses.select_related("course", "version"))
    courses = [row.course for row in pinned] or place.training_class.programme.courses.all()
    grant_courses(
        person=place.person,
        courses=courses,
        versions=[row.version for row in pinned],
        source=place.context,
        at=at,
    )


def _due_at(training_class: TrainingClass) -> datetime:
    """Practical work is due when the last session and the theory exam are both over."""
    ends = training_class.sessions.values_list("ends_at", flat=True)
    return max([*ends, training_class.exam_closes_at])


def _tasks_for(programme: Any) -> list[PracticalTaskVersion]:
    """The newest published version of each practical task of the programme."""
    versions = (task.current for task in programme.practical_tasks.filter(is_retired=False))
    return [version for version in versions if version is not None]
