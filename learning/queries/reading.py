"""The one seam between pages and what people read: of a class's version, or as published."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from courses.models import CoursePage, CourseVersion, LessonPage, VersionLesson
from courses.queries import course_of
from learning.models import CourseGrant


def pinned_versions(person: Any) -> dict[int, CourseVersion]:
    """Course id → the version this person reads it in, where a class runs on one.

    Of several classes the one whose grant came last decides.
    """
    grants = CourseGrant.objects.standing().filter(person=person).exclude(course_version=None)
    rows = grants.select_related("course_version__course").order_by("granted_at", "pk")
    return {grant.course_id: grant.course_version for grant in rows if grant.course_version}


def read_courses(*, person: Any, courses: Iterable[CoursePage]) -> list[CoursePage]:
    """These courses as this person reads them: of a version, or as published."""
    pins = pinned_versions(person)
    return [pins[one.pk].reading() if one.pk in pins else one for one in courses]


def read_lesson(*, person: Any, lesson: LessonPage) -> tuple[CoursePage, LessonPage]:
    """The course and the lesson as this person reads them; their `version` says which."""
    place = pinned_place(person=person, lesson_id=lesson.pk)
    if place is None:
        return course_of(lesson), lesson
    return place.course_version.reading(), place.lesson_version.reading()


def pinned_place(*, person: Any, lesson_id: int) -> VersionLesson | None:
    """Where the versions of this person's classes hold this lesson; the last class decides."""
    return (
        VersionLesson.objects.filter(
            lesson=lesson_id,
            course_version__grants__person=person,
            course_version__grants__revoked_at=None,
        )
        .select_related("lesson_version__lesson", "course_version__course")
        .order_by("-course_version__grants__granted_at", "-course_version__grants__pk")
        .first()
    )


def waiting_places(person: Any) -> QuerySet[VersionLesson]:
    """The lessons for which classes of this person still wait, in the versions they run on."""
    return VersionLesson.objects.filter(
        course_version__grants__person=person,
        course_version__grants__revoked_at=None,
        course_version__grants__settled_at=None,
    ).order_by()


def wanted_seconds(*, person: Any, lesson_id: int) -> int:
    """The longest plan among the classes that wait for this lesson; 0 where none does."""
    places = waiting_places(person).filter(lesson=lesson_id)
    return places.aggregate(longest=Max("lesson_version__planned_seconds"))["longest"] or 0


def longest_plan_of_row(person: Any) -> Subquery:
    """`wanted_seconds` of the lesson of a row, as a column; null where no class waits for it."""
    places = waiting_places(person).filter(lesson=OuterRef("lesson")).values("lesson")
    longest = places.annotate(longest=Max("lesson_version__planned_seconds"))
    return Subquery(longest.values("longest"))
