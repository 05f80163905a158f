"""What waits for a trainer or grader, as counts and the classes behind them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exams.queries.marking import open_to
from exams.queries.written import items_to_mark
from training.choices import ClassState
from training.models import Attendance, ClassSession, TrainingClass


@dataclass(frozen=True)
class Queues:
    """Answers and hand-ins that wait for this person's mark."""

    answers: int
    practical: int

    @property
    def total(self) -> int:
        return self.answers + self.practical


def queues(user: Any) -> Queues:
    """What both desks would show this person, counted."""
    return Queues(answers=items_to_mark(user).count(), practical=open_to(user).count())


def my_classes(user: Any) -> QuerySet[TrainingClass]:
    """The classes I teach that are not closed, with places taken."""
    return (
        TrainingClass.objects.taught_by(user)
        .exclude(state=ClassState.CLOSED)
        .select_related("programme")
        .annotate(places_taken=Count("enrolments", distinct=True))
        .order_by("-opens_on", "code")
    )


def sessions_of_day(user: Any, begin: datetime, end: datetime) -> QuerySet[ClassSession]:
    """My sessions that start within these two instants."""
    return (
        ClassSession.objects.filter(
            training_class__in=TrainingClass.objects.taught_by(user).values("pk"),
            starts_at__gte=begin,
            starts_at__lt=end,
        )
        .select_related("training_class")
        .order_by("starts_at", "pk")
    )


def sheets_missing(user: Any, at: datetime) -> QuerySet[ClassSession]:
    """My sessions that have ended and for which nobody's attendance is recorded."""
    recorded = Attendance.objects.filter(session=OuterRef("pk"))
    return (
        ClassSession.objects.filter(
            Q(training_class__state=ClassState.OPEN) | Q(training_class__state=ClassState.FINISHED),
            training_class__in=TrainingClass.objects.taught_by(user).values("pk"),
            ends_at__lte=at,
        )
        .filter(~Exists(recorded))
        .select_related("training_class")
        .order_by("ends_at", "pk")
    )
