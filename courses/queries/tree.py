"""Reading the course tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Substr
from taggit.models import Tag
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.choices import Level
from courses.models import CatalogPage, CoursePage, LessonPage, LessonPost, ModulePage
from courses.rules.hours import Part, honest_seconds

# Root, catalogue, course: the steps of a path are of one length.
LENGTH_OF_COURSE_PATH = 3 * Page.steplen
LENGTH_OF_MODULE_PATH = LENGTH_OF_COURSE_PATH + Page.steplen


def catalog() -> CatalogPage | None:
    """The one catalogue, or None before it has been made."""
    found: CatalogPage | None = CatalogPage.objects.first()
    return found


def _under(pages: Any, courses: Iterable[CoursePage]) -> Any:
    paths = (
        courses.order_by().values("path")
        if isinstance(courses, QuerySet)
        else [course.path for course in courses]
    )
    course = Substr("path", 1, LENGTH_OF_COURSE_PATH)
    return pages.alias(course_path=course).filter(course_path__in=paths)


def lessons_of(courses: Iterable[CoursePage]) -> QuerySet[LessonPage]:
    """The published lessons of these courses, in the order of the tree.

    A module taken offline takes its lessons with it.
    """
    found: QuerySet[LessonPage] = _under(LessonPage.objects.live(), courses)
    hidden = ModulePage.objects.filter(live=False).values("path")
    module = Substr("path", 1, LENGTH_OF_MODULE_PATH)
    found = found.alias(module_path=module).exclude(module_path__in=hidden)
    return found.order_by("path")


def ever_lessons_of(courses: Iterable[CoursePage]) -> QuerySet[LessonPage]:
    """The lessons of these courses, also those taken offline: time earned there still counts."""
    found: QuerySet[LessonPage] = _under(LessonPage.objects.all(), courses)
    return found


def modules_of(courses: Iterable[CoursePage]) -> QuerySet[ModulePage]:
    """The published modules of these courses, in order."""
    found: QuerySet[ModulePage] = _under(ModulePage.objects.live(), courses)
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


def published_lessons() -> QuerySet[LessonPage]:
    """Every published lesson with its posts, in the order of the tree."""
    found: QuerySet[LessonPage] = LessonPage.objects.live().order_by("path")
    return found.prefetch_related("lesson_posts__tag")


def lesson_hours(lessons: Iterable[LessonPage] | None = None) -> list[LessonHours]:
    """These lessons with their parts, or every published one; their texts are read whole."""
    lessons = published_lessons() if lessons is None else lessons
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


def planned_by_post() -> dict[str, int]:
    """Post → planned seconds of its published lessons, the longest path first; one query."""
    links = LessonPost.objects.filter(content_object__live=True).order_by()
    rows = links.values_list("tag__name").annotate(Sum("content_object__planned_seconds"))
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


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


def posts_taught() -> list[str]:
    """Names of the posts that a published lesson is meant for, in alphabetical order."""
    links = LessonPost.objects.filter(content_object__live=True)
    names = Tag.objects.filter(pk__in=links.values("tag")).values_list("name", flat=True)
    return sorted(names)


def courses_with_lessons(
    courses: QuerySet[CoursePage], *, post: str = "", level: str = ""
) -> QuerySet[CoursePage]:
    """Those that hold a published lesson for this post at this level; "" asks for any."""
    lessons = LessonPage.objects.live()
    if post:
        lessons = lessons.filter(lesson_posts__tag__name=post)
    if level:
        lessons = lessons.filter(level=level)
    course_path = Substr("path", 1, LENGTH_OF_COURSE_PATH)
    return courses.filter(
        path__in=lessons.order_by().annotate(course_path=course_path).values("course_path")
    )


@dataclass(frozen=True)
class CourseFacts:
    """What a course holds now: its published lessons, their seconds, whom they are for."""

    lessons: int = 0
    planned_seconds: int = 0
    levels: tuple[Level, ...] = ()
    posts: tuple[str, ...] = ()


def course_facts(courses: Iterable[CoursePage]) -> dict[int, CourseFacts]:
    """Course id → what it holds; two queries, however many courses there are."""
    courses = list(courses)
    lessons = list(lessons_of(courses).values("pk", "path", "level", "planned_seconds"))
    links = LessonPost.objects.filter(content_object__in=[each["pk"] for each in lessons])
    posts: dict[int, set[str]] = {}
    for lesson_id, name in links.values_list("content_object_id", "tag__name"):
        posts.setdefault(lesson_id, set()).add(name)
    found = {}
    for course in courses:
        mine = [each for each in lessons if each["path"].startswith(course.path)]
        levels = {each["level"] for each in mine}
        found[course.pk] = CourseFacts(
            len(mine),
            sum(each["planned_seconds"] for each in mine),
            tuple(level for level in Level if level.value in levels),
            tuple(sorted(set().union(*(posts.get(each["pk"], set()) for each in mine)))),
        )
    return found
