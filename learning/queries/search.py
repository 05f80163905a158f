"""Searching the words of the lessons a person may read, the same on every database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from courses.models import CoursePage, CourseVersion, VersionLesson
from courses.rules.words import Piece, has_all, hits, needles, snippet
from learning.queries.reading import pinned_versions

MOST_ROWS = 200
MOST_FOUND = 50


@dataclass(frozen=True)
class Found:
    """A lesson that says all that was asked; `pieces` is a stretch of it with the hits marked."""

    lesson_id: int
    title: str
    course_title: str
    pieces: list[Piece]
    times: int
    in_title: bool


def search_lessons(*, person: Any, courses: Iterable[CoursePage], query: str) -> list[Found]:
    """Lessons of these courses that hold every word of the query, as this person reads them.

    Those with it in the title first, then those that say it most often. At most 50; four queries
    however many courses and lessons there are. The caller names only courses the person may open.
    """
    asked = needles(query)
    if not asked:
        return []
    rows = VersionLesson.objects.filter(course_version__in=_versions_read(person, courses))
    for needle in asked:
        rows = rows.filter(lesson_version__words__tokens__contains=needle)
    rows = rows.select_related("lesson_version__words", "course_version").defer(
        "lesson_version__content", "lesson_version__words__tokens"
    )
    here = rows.order_by("course_version__course__path", "place")[:MOST_ROWS]
    found = [_found(row, query) for row in here if has_all(row.lesson_version.words.text, query)]
    return sorted(found, key=lambda each: (not each.in_title, -each.times))[:MOST_FOUND]


def _versions_read(person: Any, courses: Iterable[CoursePage]) -> list[int]:
    """The version of each course that this person reads: of the class, else the newest."""
    ids = [course.pk for course in courses]
    pins = pinned_versions(person)
    newest = CourseVersion.objects.newest().filter(course__in=[pk for pk in ids if pk not in pins])
    return [
        *(pins[pk].pk for pk in ids if pk in pins),
        *newest.order_by().values_list("pk", flat=True),
    ]


def _found(row: VersionLesson, query: str) -> Found:
    version = row.lesson_version
    text = version.words.text.removeprefix(f"{version.title} ")
    return Found(
        lesson_id=row.lesson_id,
        title=version.title,
        course_title=row.course_version.title,
        pieces=snippet(text, query),
        times=len(hits(text, query)),
        in_title=bool(hits(version.title, query)),
    )
