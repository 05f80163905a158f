"""Where a person's hours come from: lessons and classroom sessions, by lesson and by day.

What counts is reckoned by `plans`, as for the gate: each class by its own plan. A lesson of
several classes is shown with the longest of their plans, a lesson of none as its page plans it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet, Sum

from courses.models import LessonPage
from learning.models import LedgerEntry, StudySession, UncountedTime
from learning.rules.crediting import counted_seconds
from people.queries import working_weeks_of
from people.roles import AUDITOR, HR, has_role
from people.rules.working_hours import WeekOn
from training.models import Attendance, Enrolment, TrainingClass
from training.queries.plans import Plan, PlannedLesson, plans_of, seconds_by_plans
from training.rules.hours import Credited, Split, classroom_split, day_of, sum_by

User = get_user_model()


@dataclass(frozen=True)
class LessonHours:
    """Credit in one lesson; no lesson counts more than it plans, nor what was taken out."""

    lesson_id: int
    title: str
    planned_seconds: int
    split: Split = field(default_factory=Split)
    sessions: int = 0
    uncounted: int = 0

    @property
    def counted(self) -> int:
        return counted_seconds(
            credited_seconds=self.split.seconds - self.uncounted,
            planned_seconds=self.planned_seconds,
        )


@dataclass(frozen=True)
class DayHours:
    """One day in China, online and in class."""

    day: date
    online: Split
    classroom: Split


@dataclass(frozen=True)
class ClassHours:
    """What counts online for one class of the person: the figure of its gate."""

    training_class: TrainingClass
    counted: int

    @property
    def is_met(self) -> bool:
        """Whether this is what the class asks."""
        return self.counted >= self.training_class.required_online_seconds


@dataclass(frozen=True)
class HoursSheet:
    """All hours of one person. `attended` are the sessions that count, with their split."""

    classes: list[ClassHours]
    lessons: list[LessonHours]
    days: list[DayHours]
    attended: list[tuple[Attendance, Split]]
    online: Split = field(default_factory=Split)
    classroom: Split = field(default_factory=Split)

    @property
    def counted(self) -> int:
        """Online seconds that count."""
        return sum(lesson.counted for lesson in self.lessons)


def people_inspected_by(user: Any) -> QuerySet[Any]:
    """Whose hours one may open: one's own; HR and auditors all; trainers those of their classes."""
    if has_role(user, HR, AUDITOR):
        return User.objects.all()
    taught = TrainingClass.objects.taught_by(user).values("pk")
    places = Enrolment.objects.filter(training_class__in=taught)
    return User.objects.filter(Q(pk=user.pk) | Q(pk__in=places.values("person")))


def hours_of(person: Any) -> HoursSheet:
    """The hours of a person in a constant number of queries, added up from the ledger."""
    week = working_weeks_of(person)
    entries = [
        (entry, entry.split(week))
        for entry in (
            Credited(*row)
            for row in LedgerEntry.objects.filter(person=person)
            .order_by("at", "pk")
            .values_list("lesson_id", "day", "at", "seconds")
        )
    ]
    attended = _attended(person, week)
    by_day = sum_by((entry.day, split) for entry, split in entries)
    class_days = sum_by((day_of(entry.session.starts_at), split) for entry, split in attended)
    classes = _classes_of(person)
    plans = plans_of(one.pk for one in classes)
    return HoursSheet(
        classes=_classes(person, classes, plans),
        lessons=_lessons(
            person, sum_by((entry.lesson_id, split) for entry, split in entries), plans
        ),
        days=[
            DayHours(day, by_day.get(day, Split()), class_days.get(day, Split()))
            for day in sorted({*by_day, *class_days}, reverse=True)
        ],
        attended=attended,
        online=_total(by_day.values()),
        classroom=_total(class_days.values()),
    )


def _total(splits: Iterable[Split]) -> Split:
    return sum(splits, Split())


def _attended(person: Any, week: WeekOn) -> list[tuple[Attendance, Split]]:
    rows = (
        Attendance.objects.attended()
        .filter(enrolment__person=person)
        .select_related("session__training_class", "recorded_by")
        .order_by("-session__starts_at", "pk")
    )
    return [
        (
            row,
            classroom_split(
                starts_at=row.session.starts_at,
                ends_at=row.session.ends_at,
                seconds=row.session.seconds,
                week=week,
            ),
        )
        for row in rows
    ]


def _classes_of(person: Any) -> list[TrainingClass]:
    found = TrainingClass.objects.filter(enrolments__person=person)
    return list(found.order_by("-opens_on", "-pk"))


def _classes(
    person: Any, classes: list[TrainingClass], plans: Mapping[int, Plan]
) -> list[ClassHours]:
    counted = seconds_by_plans([(person.pk, one.pk) for one in classes], plans)
    return [ClassHours(one, counted[person.pk, one.pk]) for one in classes]


def longest_plan(plans: Mapping[int, Plan]) -> dict[int, PlannedLesson]:
    """Lesson id → the longest of these plans of classes; of equal ones that of the first."""
    found: dict[int, PlannedLesson] = {}
    for lesson in (lesson for plan in plans.values() for lesson in plan.values()):
        known = found.get(lesson.lesson_id)
        if known is None or known.seconds < lesson.seconds:
            found[lesson.lesson_id] = lesson
    return found


def _lessons(person: Any, splits: dict[int, Split], plans: Mapping[int, Plan]) -> list[LessonHours]:
    sessions = dict(
        StudySession.objects.filter(person=person)
        .order_by()
        .values_list("lesson_id")
        .annotate(Count("pk"))
    )
    taken_out = dict(
        UncountedTime.objects.filter(entry__person=person)
        .order_by()
        .values_list("entry__lesson")
        .annotate(Sum("entry__seconds"))
    )
    plan = longest_plan(plans)
    return [
        replace(
            as_counted(page, plan),
            split=splits.get(page.pk, Split()),
            sessions=sessions.get(page.pk, 0),
            uncounted=taken_out.get(page.pk, 0),
        )
        for page in LessonPage.objects.filter(pk__in={*splits, *sessions})
        .only("path", "title", "planned_seconds")
        .order_by("path")
    ]


def as_counted(page: LessonPage, plan: dict[int, PlannedLesson]) -> LessonHours:
    """A lesson in the words and with the plan by which it counts; without any study in it."""
    read = plan.get(page.pk)
    if read is None:
        return LessonHours(page.pk, page.title, page.planned_seconds)
    return LessonHours(page.pk, read.title, read.seconds)


def lesson_of_person(person: Any, lesson: LessonPage) -> LessonHours:
    """A lesson as the hours of this person name it; without any study in it."""
    plans = plans_of(one.pk for one in _classes_of(person))
    return as_counted(lesson, longest_plan(plans))
