"""Which lessons are due for their review."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from courses.models import LessonPage, LessonReview
from courses.rules.reviewing import review_due_on

LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True)
class ReviewDue:
    """A published lesson, the day of its next review, and the last one."""

    lesson_id: int
    title: str
    due_on: date
    last_at: datetime | None
    last_by: str


def reviews_due() -> list[ReviewDue]:
    """Every published lesson by the day of its next review; one query."""
    last = LessonReview.objects.filter(lesson=OuterRef("pk")).order_by("-at", "-pk")
    rows = LessonPage.objects.live().annotate(
        next_on=Subquery(last.values("next_on")[:1]),
        last_at=Subquery(last.values("at")[:1]),
        last_by=Subquery(last.values("by__name")[:1]),
    )
    found = [
        ReviewDue(
            pk,
            title,
            review_due_on(
                # Published by hand of a program, without a date: due at once.
                published_on=timezone.localdate(published) if published else LONG_AGO,
                next_on=next_on,
            ),
            last_at,
            last_by or "",
        )
        for pk, title, published, next_on, last_at, last_by in rows.values_list(
            "pk", "title", "last_published_at", "next_on", "last_at", "last_by"
        )
    ]
    return sorted(found, key=lambda each: (each.due_on, each.lesson_id))


def overdue_reviews(today: date) -> list[ReviewDue]:
    """Those whose day has come."""
    return [each for each in reviews_due() if each.due_on <= today]
