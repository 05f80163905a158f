"""Rows that several screens show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.db.models import Sum
from django.utils import timezone

from training.models import ClassSession, Enrolment, ProcessEvidence, TrainingClass
from training.queries import gates_of
from training.rules.gate import Gate


@dataclass(frozen=True)
class TraineeRow:
    """One person of a class: hours, attendance, admission, process points so far."""

    enrolment: Enrolment
    gate: Gate
    earned: Decimal | None
    marked_max: Decimal | None


@dataclass(frozen=True)
class DayOfClass:
    """One day of the timetable; `is_now` is today."""

    number: int
    on: date
    theme: str
    sessions: tuple[ClassSession, ...]
    is_now: bool


def trainee_rows(training_class: TrainingClass, at: datetime) -> list[TraineeRow]:
    """Everybody in the class, in a constant number of queries."""
    gates = gates_of(training_class, at)
    earned = earned_points(training_class)
    places = training_class.enrolments.select_related("person__profile__post").order_by(
        "person__number"
    )
    nothing = (None, None)
    return [TraineeRow(place, gates[place.pk], *earned.get(place.pk, nothing)) for place in places]


def earned_points(training_class: TrainingClass) -> dict[int, tuple[Decimal, Decimal]]:
    """Enrolment id → standing points of all marked activities, and their full points."""
    rows = (
        ProcessEvidence.objects.standing()
        .filter(enrolment__training_class=training_class)
        .order_by()
        .values_list("enrolment_id")
        .annotate(total=Sum("points"), full=Sum("max_points"))
    )
    return {place: (total, full) for place, total, full in rows}


def days_of(sessions: Iterable[ClassSession], today: date) -> list[DayOfClass]:
    """The timetable by day; sessions must come in order."""
    days = []
    for number, group in groupby(sessions, key=lambda session: session.day):
        of_day = tuple(group)
        on = timezone.localtime(of_day[0].starts_at).date()
        days.append(DayOfClass(number, on, of_day[0].theme, of_day, on == today))
    return days
