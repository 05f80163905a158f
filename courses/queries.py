"""Reading the course tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage
from courses.rules.hours import Part, honest_seconds

# Root, catalogue, course: the steps of a path are of one length.
LENGTH_OF_COURSE_PATH = 3 * Page.steplen


def catalog() -> CatalogPage | None:
    """The one catalogue, or None before it has been made."""
    found: CatalogPage | None = CatalogPage.objects.first()
    return found


def _under(courses: Iterable[CoursePage]) -> Q:
    under = Q(pk__in=[])
    for course in courses:
        under |= Q(path__startswith=course.path)
    return under


def lessons_of(courses: Iterable[CoursePage]) -> QuerySet[LessonPage]:
    """The published lessons of these courses, in the order of the tree."""
    found: QuerySet[LessonPage] = LessonPage.objects.live().filter(_under(courses))
    return found.order_by("path")


def ever_lessons_of(courses: Iterable[CoursePage]) -> QuerySet[LessonPage]:
    """The lessons of these courses, also those taken offline: time earned there still counts."""
    found: QuerySet[LessonPage] = LessonPage.objects.filter(_under(courses))
    return found


def modules_of(courses: Iterable[CoursePage]) -> QuerySet[ModulePage]:
    """The published modules of these courses, in order."""
    found: QuerySet[ModulePage] = ModulePage.objects.live().filter(_under(courses))
    return found.order_by("path")


def course_of(lesson: LessonPage) -> CoursePage:
    """The course a lesson belongs to."""
    course: CoursePage = CoursePage.objects.ancestor_of(lesson).get()
    return course


def goals_of(lesson_ids: Iterable[int]) -> list[str]:
    """The first goal of each of these lessons, in order."""
    lessons = LessonPage.objects.filter(pk__in=lesson_ids).only("goals").order_by("path")
    return [lesson.goals[0].value for lesson in lessons if len(lesson.goals)]


@dataclass(frozen=True)
class LessonHours:
    """One published lesson: what it plans, and the parts that plan is made of."""

    slug: str
    title: str
    posts: tuple[str, ...]
    planned_seconds: int
    parts: tuple[Part, ...]

    @property
    def honest_seconds(self) -> int:
        return honest_seconds(self.parts)


def lesson_hours() -> list[LessonHours]:
    """Every published lesson with its parts, in the order of the tree; two queries."""
    lessons = LessonPage.objects.live().order_by("path").prefetch_related("lesson_posts__tag")
    return [
        LessonHours(
            lesson.slug,
            lesson.title,
            tuple(sorted(link.tag.name for link in lesson.lesson_posts.all())),
            lesson.planned_seconds,
            lesson.parts,
        )
        for lesson in lessons
    ]


def seconds_by_post(lessons: Iterable[LessonHours]) -> dict[str, int]:
    """Planned seconds of each post's path, by the name of the post."""
    found: dict[str, int] = {}
    for lesson in lessons:
        for post in lesson.posts:
            found[post] = found.get(post, 0) + lesson.planned_seconds
    return found


def modules_to_write(user: Any) -> QuerySet[ModulePage]:
    """The modules a person may add lessons to, with `course_title`, in the order of the tree."""
    course = CoursePage.objects.filter(path=Substr(OuterRef("path"), 1, LENGTH_OF_COURSE_PATH))
    writable: QuerySet[ModulePage] = ModulePage.objects.annotate(
        course_title=Subquery(course.values("title"))
    ).order_by("path")
    policy = PagePermissionPolicy()
    allowed = policy.instances_user_has_permission_for(user, "add")
    return writable.filter(pk__in=allowed.values("pk"))
