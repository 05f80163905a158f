"""Rows that several screens show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.utils import timezone

from people.models import User
from people.queries import find_people
from training.models import ClassSession, Enrolment, ProcessEvidence, TrainingClass
from training.queries import gates_of
from training.rules.gate import Gate
from training.signals import class_pages_wanted

PAGE = 50


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


def trainee_page(
    training_class: TrainingClass, at: datetime, asked: Mapping[str, str]
) -> Page[TraineeRow]:
    """A page of the class, by number, in a constant number of queries.

    `asked` is the address's: "q" keeps people by name, number or mobile, "page" counts from 1.
    """
    places = training_class.enrolments.select_related("person__profile__post")
    if asked.get("q"):
        places = places.filter(person__in=find_people(User.objects.all(), asked["q"]).values("pk"))
    page: Any = Paginator(places.order_by("person__number"), PAGE).get_page(asked.get("page"))
    here = list(page.object_list)
    gates, earned = gates_of(training_class, at, here), earned_points(here)
    nothing = (None, None)
    page.object_list = [
        TraineeRow(place, gates[place.pk], *earned.get(place.pk, nothing)) for place in here
    ]
    found: Page[TraineeRow] = page
    return found


def trainee_context(
    training_class: TrainingClass, at: datetime, asked: Mapping[str, str]
) -> dict[str, Any]:
    """What a list of the class shows: the page, its rows, and what was looked for."""
    page = trainee_page(training_class, at, asked)
    return {
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "rows": page.object_list,
        "q": asked.get("q", "")[:100],
    }


def earned_points(places: Iterable[Enrolment]) -> dict[int, tuple[Decimal, Decimal]]:
    """Enrolment id → standing points of all marked activities, and their full points."""
    rows = (
        ProcessEvidence.objects.standing()
        .filter(enrolment__in=[place.pk for place in places])
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


def pages_of(training_class: TrainingClass, user: Any) -> list[tuple[str, str]]:
    """Further pages about this class that higher floors offer this reader: label and address."""
    answers: Any = class_pages_wanted.send(TrainingClass, training_class=training_class, user=user)
    return [page for _receiver, pages in answers for page in pages]
