"""Reads with more than one caller."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum

from training.models import Attendance, Enrolment, TrainingClass
from training.models.attendance import AttendanceQuerySet
from training.queries.plans import Plan, plans_of, seconds_by_plans, seconds_of_places
from training.rules.gate import Gate, attendance_so_far
from training.rules.lateness import LateShare


@dataclass(frozen=True)
class Missing:
    """What a person still lacks for the theory exam. Seconds are of online study."""

    gate: Gate
    admitted: bool
    enrolment: Enrolment

    @property
    def is_complete(self) -> bool:
        """Nothing is missing."""
        return self.gate.is_open


def course_ids_of(training_class: TrainingClass) -> list[int]:
    """The courses whose study counts for this class: those it was opened with."""
    pinned = list(training_class.class_courses.values_list("course_id", flat=True))
    return pinned or list(training_class.programme.courses.values_list("pk", flat=True))


def online_seconds(enrolment: Enrolment) -> int:
    """Study credited to a person in what the class runs on, no lesson beyond its plan."""
    place = (enrolment.person_id, enrolment.training_class_id)
    return seconds_of_places([place])[place]


def gate_of(enrolment: Enrolment, at: datetime) -> Gate:
    """Hours and attendance of one person at this instant."""
    training_class = enrolment.training_class
    seconds = online_seconds(enrolment)
    ended = training_class.sessions.ended(at).values_list("pk", flat=True)
    states = dict(enrolment.attendances.values_list("session_id", "state"))
    return _gate(training_class, seconds, [states.get(pk) for pk in ended])


def gates_of(
    training_class: TrainingClass,
    at: datetime,
    among: Iterable[Enrolment] | None = None,
    plan: Plan | None = None,
) -> dict[int, Gate]:
    """Enrolment id → gate, for everybody in the class or `among` some of it; constant queries.

    With a `plan` hours count by that one instead of what the class runs on.
    """
    if among is None:
        places = dict(training_class.enrolments.values_list("pk", "person_id"))
    else:
        places = {place.pk: place.person_id for place in among}
    seconds = seconds_by_person(training_class, places.values(), plan)
    ended = list(training_class.sessions.ended(at).values_list("pk", flat=True))
    states = {
        (row.enrolment_id, row.session_id): row.state
        for row in Attendance.objects.filter(enrolment__in=places, session__in=ended)
    }
    return {
        pk: _gate(
            training_class,
            seconds[person_id],
            [states.get((pk, session_id)) for session_id in ended],
        )
        for pk, person_id in places.items()
    }


def seconds_by_person(
    training_class: TrainingClass, people: Iterable[int], plan: Plan | None = None
) -> dict[int, int]:
    """Person id → credited online seconds; no lesson counts more than it plans, nor twice."""
    class_id = training_class.pk
    plans = plans_of([class_id]) if plan is None else {class_id: plan}
    found = seconds_by_plans([(person_id, class_id) for person_id in people], plans)
    return {person_id: seconds for (person_id, _class), seconds in found.items()}


def _gate(training_class: TrainingClass, seconds: int, states: Iterable[str | None]) -> Gate:
    return Gate(
        online_seconds=seconds,
        required_online_seconds=training_class.required_online_seconds,
        attendance=attendance_so_far(states),
        required_attendance_percent=training_class.required_attendance_percent,
    )


def whats_missing(enrolment: Enrolment, at: datetime) -> Missing:
    """What this person lacks for the theory exam, and whether an admission stands."""
    return Missing(
        gate=gate_of(enrolment, at),
        admitted=enrolment.admitted_at is not None,
        enrolment=enrolment,
    )


def late_share(training_class: TrainingClass) -> LateShare:
    """How much of the attendance of a class was entered later; one query."""
    late = ~Q(late_reason="")
    counts = (
        Attendance.objects.attended()
        .filter(session__training_class=training_class)
        .aggregate(late=Count("pk", filter=late), attended=Count("pk"))
    )
    return LateShare(**counts)


def late_entries(training_class: TrainingClass) -> AttendanceQuerySet:
    """The late entries of a class with who, when and why, newest first."""
    return (
        Attendance.objects.entered_late()
        .filter(session__training_class=training_class)
        .select_related("session", "enrolment__person", "recorded_by")
        .order_by("-recorded_at", "-pk")
    )


@dataclass(frozen=True)
class ClassSummary:
    """Counts of one class."""

    enrolled: int
    admitted: int
    completed: int
    passed: int
    sessions: int
    sessions_ended: int
    seconds: int
    seconds_ended: int


def class_summary(training_class: TrainingClass, at: datetime) -> ClassSummary:
    """Places, admissions, results and class time so far (in seconds)."""
    places = training_class.enrolments.aggregate(
        enrolled=Count("pk"),
        admitted=Count("pk", filter=Q(admitted_at__isnull=False)),
        completed=Count("pk", filter=Q(completed_at__isnull=False)),
        passed=Count("pk", filter=Q(state="passed")),
    )
    over = Q(ends_at__lte=at)
    sessions = training_class.sessions.aggregate(
        number=Count("pk"),
        number_ended=Count("pk", filter=over),
        total=Sum("seconds", default=0),
        total_ended=Sum("seconds", filter=over, default=0),
    )
    return ClassSummary(
        **places,
        sessions=sessions["number"],
        sessions_ended=sessions["number_ended"],
        seconds=sessions["total"],
        seconds_ended=sessions["total_ended"],
    )


def classes_with_counts(user: Any) -> Any:
    """Classes a person may see, newest first, with `places_taken` and `results`."""
    return (
        TrainingClass.objects.filter(pk__in=TrainingClass.objects.visible_to(user).values("pk"))
        .select_related("programme")
        .prefetch_related("trainers")
        .annotate(
            places_taken=Count("enrolments", distinct=True),
            results=Count("enrolments", filter=Q(enrolments__completed_at__isnull=False)),
        )
        .order_by("-opens_on", "code")
    )
