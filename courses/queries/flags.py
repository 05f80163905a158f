"""Reading the questions that changed figures of lessons flagged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import ReferenceIndex

from courses.models import LessonPage, QuestionFlag
from courses.rules.figure_edits import FigureEdit, figure_edits
from exams.models import Question


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
    """A flag with the places of its lesson whose figures changed."""

    flag: QuestionFlag
    edits: list[FigureEdit]


def flag_readings(flags: Iterable[QuestionFlag]) -> list[FlagReading]:
    """These flags with the lines they are about; no query when both lesson versions are loaded."""
    return [
        FlagReading(flag, figure_edits(flag.before.content, flag.place.lesson_version.content))
        for flag in flags
    ]


def lessons_asking(question: Question) -> QuerySet[LessonPage]:
    """The published lessons whose pages ask this question as a quick check, by title."""
    lessons = ContentType.objects.get_for_model(LessonPage)
    named = ReferenceIndex.get_references_to(question).filter(content_type=lessons)
    ids = [int(pk) for pk in named.values_list("object_id", flat=True)]
    found: QuerySet[LessonPage] = LessonPage.objects.live().filter(pk__in=ids).order_by("title")
    return found
