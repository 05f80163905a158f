"""Reading the questions that changed figures of lessons flagged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from courses.models import QuestionFlag
from courses.rules.figures import changed_figures, lines_naming, teaching_lines


def flag_rows(user: Any, *, decided: bool) -> QuerySet[QuestionFlag]:
    """The flags a person may read without the texts of the lessons: the open ones, first those
    whose question names a figure that is gone, or the decided ones, the newest first.
    """
    rows = QuestionFlag.objects.visible_to(user).select_related(
        "question", "wording", "place__lesson_version", "place__course_version", "decided_by"
    )
    rows = rows.defer("place__lesson_version__content", "place__course_version__outline")
    if decided:
        return rows.exclude(verdict="").order_by("-decided_at", "-pk")
    return rows.open().order_by("-names_figure", "flagged_at", "pk")


@dataclass(frozen=True)
class FlagReading:
    """A flag with the lines of the lesson that held, and hold, the figures it is about."""

    flag: QuestionFlag
    before: list[str]
    after: list[str]


def flag_readings(flags: Iterable[QuestionFlag]) -> list[FlagReading]:
    """These flags with the lines they are about; no query when both lesson versions are loaded."""
    found = []
    for flag in flags:
        old = teaching_lines(flag.before.content)
        new = teaching_lines(flag.place.lesson_version.content)
        change = changed_figures(old, new)
        found.append(
            FlagReading(flag, lines_naming(old, change.gone), lines_naming(new, change.come))
        )
    return found
