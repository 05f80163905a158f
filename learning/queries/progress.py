"""Which courses a person sees, and how far the person is in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from courses.choices import Level
from courses.models import CoursePage, LessonPage
from courses.queries import ever_lessons_of, lessons_of, modules_of
from learning.models import CourseGrant, LedgerEntry, LessonProgress
from learning.permissions import previews_courses
from learning.rules.crediting import counted_seconds, day_in_china
from learning.rules.outline import LessonStanding, Totals, next_lesson, totals


def visible_courses(user: Any) -> QuerySet[CoursePage]:
    """Published courses this person may open, in the order of the catalogue."""
    if previews_courses(user):
        courses: QuerySet[CoursePage] = CoursePage.objects.live().order_by("path")
        return courses
    return own_courses(user)


def visible_lessons(user: Any) -> QuerySet[LessonPage]:
    """Published lessons of the courses this person may open."""
    return lessons_of(visible_courses(user))


def studied_lessons(user: Any) -> QuerySet[LessonPage]:
    """Published lessons whose study counts for this person; a preview is not among them."""
    return lessons_of(own_courses(user))


def credited_seconds(
    *, person: Any, course_ids: Iterable[int], since: datetime | None = None
) -> int:
    """Seconds of study credited in these courses, no lesson counting more than it plans.

    With `since`, only what was credited at or after that instant.
    """
    lessons = ever_lessons_of(CoursePage.objects.filter(pk__in=list(course_ids)))
    planned = dict(lessons.values_list("pk", "planned_seconds"))
    rows: Iterable[tuple[int, int]]
    if since is None:
        rows = LessonProgress.objects.filter(person=person, lesson_id__in=planned).values_list(
            "lesson_id", "credited_seconds"
        )
    else:
        rows = (
            LedgerEntry.objects.filter(person=person, lesson_id__in=planned, at__gte=since)
            .order_by()
            .values_list("lesson_id")
            .annotate(total=Sum("seconds"))
        )
    return sum(
        counted_seconds(credited_seconds=seconds, planned_seconds=planned[lesson_id])
        for lesson_id, seconds in rows
    )


@dataclass(frozen=True)
class OutlineModule:
    """A module of a course with the person's standing in each of its lessons."""

    title: str
    slug: str
    lessons: list[LessonStanding]
    totals: Totals


@dataclass(frozen=True)
class CourseOutline:
    """A course as one person sees it."""

    course: CoursePage
    modules: list[OutlineModule]

    @property
    def lessons(self) -> list[LessonStanding]:
        """All lessons in order."""
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def totals(self) -> Totals:
        return totals(self.lessons)

    @property
    def now(self) -> LessonStanding | None:
        """The lesson to go on with; None when the course is done."""
        return next_lesson(self.lessons)


def course_outlines(*, person: Any, courses: Iterable[CoursePage]) -> list[CourseOutline]:
    """The outlines of several courses in three queries, however many there are."""
    courses = list(courses)
    modules = list(modules_of(courses))
    by_module: dict[str, list[LessonStanding]] = {}
    for path, standing in _standings(person, courses):
        by_module.setdefault(path[: -LessonPage.steplen], []).append(standing)
    return [
        CourseOutline(
            course,
            [
                OutlineModule(
                    module.title,
                    module.slug,
                    by_module.get(module.path, []),
                    totals(by_module.get(module.path, [])),
                )
                for module in modules
                if module.path.startswith(course.path)
            ],
        )
        for course in courses
    ]


def _standings(person: Any, courses: Iterable[CoursePage]) -> Iterable[tuple[str, LessonStanding]]:
    rows = list(lessons_of(courses).values("pk", "path", "title", "level", "planned_seconds"))
    progress = {
        one.lesson_id: one
        for one in LessonProgress.objects.filter(
            person=person, lesson_id__in=[row["pk"] for row in rows]
        )
    }
    for row in rows:
        mine = progress.get(row["pk"])
        yield (
            row["path"],
            LessonStanding(
                lesson_id=row["pk"],
                title=row["title"],
                level=str(Level(row["level"]).label),
                planned_seconds=row["planned_seconds"],
                credited_seconds=mine.credited_seconds if mine else 0,
                completed_at=mine.completed_at if mine else None,
                last_at=mine.last_at if mine else None,
            ),
        )


def own_courses(person: Any) -> QuerySet[CoursePage]:
    """The published courses a person holds a standing grant for, in order."""
    mine = CourseGrant.objects.standing().filter(person=person).values("course_id")
    courses: QuerySet[CoursePage] = CoursePage.objects.live().filter(pk__in=mine)
    return courses.order_by("path")


def course_progress(person: Any) -> list[CourseOutline]:
    """How far a person is in each of the person's own courses."""
    return course_outlines(person=person, courses=own_courses(person))


def continue_lesson(person: Any) -> LessonStanding | None:
    """The lesson to go on with over all own courses; None when all is done or none is open."""
    return next_lesson([one for outline in course_progress(person) for one in outline.lessons])


def seconds_on_day(*, person: Any, at: datetime) -> int:
    """Seconds credited so far on the day in China that `at` falls on."""
    rows = LedgerEntry.objects.filter(person=person, day=day_in_china(at))
    return int(rows.aggregate(total=Sum("seconds"))["total"] or 0)
