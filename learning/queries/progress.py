"""Which courses a person sees, and how far the person is in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from courses.choices import Level
from courses.models import CoursePage, CourseVersion, LessonPage, LessonVersion, VersionLesson
from courses.queries import (
    LENGTH_OF_COURSE_PATH,
    goals_of,
    lessons_of,
    modules_of,
)
from learning.models import CheckAnswer, CourseGrant, LedgerEntry, LessonProgress
from learning.permissions import previews_courses
from learning.queries.reading import longest_plan_of_row, read_courses, waiting_places
from learning.rules.crediting import day_in_china
from learning.rules.outline import LessonStanding, Totals, totals


def visible_courses(user: Any) -> QuerySet[CoursePage]:
    """Courses this person may open, in the order of the catalogue."""
    if previews_courses(user):
        opened = Q(live=True) | Q(pk__in=own_courses(user).values("pk"))
        courses: QuerySet[CoursePage] = CoursePage.objects.filter(opened).order_by("path")
        return courses
    return own_courses(user)


def visible_lessons(user: Any) -> QuerySet[LessonPage]:
    """Lessons this person may open: staff read everything published."""
    if previews_courses(user):
        everything = lessons_of(CoursePage.objects.live())
        return _either(everything, studied_lessons(user))
    return studied_lessons(user)


def studied_lessons(user: Any) -> QuerySet[LessonPage]:
    """Lessons whose study counts for this person; a preview is not among them.

    Those of the versions the person's classes run on, and what is published of other courses.
    """
    grants = CourseGrant.objects.standing().filter(person=user)
    free = CoursePage.objects.live().filter(
        pk__in=grants.filter(course_version=None).values("course_id")
    )
    versions = grants.exclude(course_version=None).values("course_version_id")
    places = VersionLesson.objects.filter(course_version__in=versions)
    return _either(lessons_of(free), LessonPage.objects.filter(pk__in=places.values("lesson_id")))


def _either(one: QuerySet[LessonPage], other: QuerySet[LessonPage]) -> QuerySet[LessonPage]:
    found = Q(pk__in=one.order_by().values("pk")) | Q(pk__in=other.order_by().values("pk"))
    lessons: QuerySet[LessonPage] = LessonPage.objects.filter(found)
    return lessons.order_by("path")


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


def course_outlines(*, person: Any, courses: Iterable[CoursePage]) -> list[CourseOutline]:
    """The outlines of several courses in a constant number of queries, however many there are.

    A course that `read_courses` made of a version has the modules and lessons of the version, and
    after them the lessons that another class of the person still waits for. Each lesson plans what
    the class that asks most of it plans.
    """
    courses = list(courses)
    frozen = [course.version for course in courses if course.version is not None]
    living = [course for course in courses if course.version is None]
    lessons = {**_frozen_lessons(person, frozen), **_living_lessons(living)}
    ids = {row["lesson_id"] for rows in lessons.values() for row in rows}
    mine = LessonProgress.objects.filter(person=person, lesson_id__in=ids)
    progress = {one.lesson_id: one for one in mine}
    answered = answered_checks(person, ids)
    modules: dict[int, list[OutlineModule]] = {course.pk: [] for course in courses}
    for course_id, key, title, slug in [
        *_frozen_modules(frozen, lessons),
        *_living_modules(living),
    ]:
        standings = [_standing(row, progress, answered) for row in lessons.get(key, ())]
        modules[course_id].append(OutlineModule(title, slug, standings, totals(standings)))
    return [CourseOutline(course, modules[course.pk]) for course in courses]


# The key of a module: its path in the tree, or its version and its place in it.
ModuleKey = str | tuple[int, int]
LessonRows = dict[ModuleKey, list[dict[str, Any]]]
ModuleRows = list[tuple[int, ModuleKey, str, str]]
# The place of the module that holds what a version lacks and another class waits for.
OTHER_CLASSES = -1


def _living_modules(courses: list[CoursePage]) -> ModuleRows:
    by_path = {course.path: course.pk for course in courses}
    return [
        (by_path[module.path[:LENGTH_OF_COURSE_PATH]], module.path, module.title, module.slug)
        for module in modules_of(courses)
    ]


def _frozen_modules(versions: list[CourseVersion], lessons: LessonRows) -> ModuleRows:
    """The modules of each version, and where there is any a last one for other classes."""
    found: ModuleRows = []
    for version in versions:
        for place, module in enumerate(version.outline["modules"]):
            key = (version.pk, place)
            found.append((version.course_id, key, module["title"], module["slug"]))
        if (last := (version.pk, OTHER_CLASSES)) in lessons:
            title = _("For another of your classes")
            found.append((version.course_id, last, title, "other-classes"))
    return found


def _living_lessons(courses: list[CoursePage]) -> LessonRows:
    found: LessonRows = {}
    newest = LessonVersion.objects.filter(lesson=OuterRef("pk")).order_by("-number")
    rows = lessons_of(courses).annotate(check_ids=Subquery(newest.values("check_ids")[:1]))
    for row in rows.values("pk", "path", "title", "level", "planned_seconds", "check_ids"):
        row["lesson_id"] = row["pk"]
        found.setdefault(row["path"][: -LessonPage.steplen], []).append(row)
    return found


def _frozen_lessons(person: Any, versions: list[CourseVersion]) -> LessonRows:
    if not versions:
        return {}
    found: LessonRows = {}
    read = {version.course_id: version.pk for version in versions}
    places = VersionLesson.objects.filter(course_version__in=versions)
    waiting = waiting_places(person).filter(course_version__course__in=read)
    either = Q(pk__in=places.values("pk")) | Q(pk__in=waiting.values("pk"))
    planned = F("lesson_version__planned_seconds")
    rows = VersionLesson.objects.filter(either).values(
        "course_version_id",
        "module",
        "lesson_id",
        course_id=F("course_version__course_id"),
        title=F("lesson_version__title"),
        check_ids=F("lesson_version__check_ids"),
        level=F("lesson_version__level"),
        planned_seconds=Greatest(planned, Coalesce(longest_plan_of_row(person), planned)),
    )
    ordered: list[dict[str, Any]] = [dict(row) for row in rows.order_by("course_version", "place")]
    for row in ordered:
        if read[row["course_id"]] == row["course_version_id"]:
            found.setdefault((row["course_version_id"], row["module"]), []).append(row)
    known = {row["lesson_id"] for rows in found.values() for row in rows}
    for row in ordered:
        if row["lesson_id"] not in known:
            known.add(row["lesson_id"])
            found.setdefault((read[row["course_id"]], OTHER_CLASSES), []).append(row)
    return found


def answered_checks(person: Any, lesson_ids: Iterable[int]) -> set[str]:
    """The ids of the quick checks of these lessons that a person has answered."""
    answers = CheckAnswer.objects.filter(person=person, lesson__in=list(lesson_ids))
    return {str(part) for part in answers.order_by().values_list("block_id", flat=True)}


def _standing(
    row: dict[str, Any], progress: dict[int, LessonProgress], answered: set[str]
) -> LessonStanding:
    mine = progress.get(row["lesson_id"])
    return LessonStanding(
        lesson_id=row["lesson_id"],
        title=row["title"],
        level=str(Level(row["level"]).label),
        planned_seconds=row["planned_seconds"],
        credited_seconds=mine.standing_seconds if mine else 0,
        completed_at=mine.completed_at if mine else None,
        last_at=mine.last_at if mine else None,
        open_checks=sum(part not in answered for part in row["check_ids"] or ()),
    )


def first_goals(*, course: CoursePage, lesson_ids: Iterable[int]) -> list[str]:
    """The first goal of each of these lessons of a course as it is read, in order."""
    if course.version is None:
        return goals_of(lesson_ids)
    places = VersionLesson.objects.filter(
        course_version=course.version, lesson__in=list(lesson_ids)
    ).order_by("place")
    goals = (
        place.lesson_version.content["goals"] for place in places.select_related("lesson_version")
    )
    return [every[0]["value"] for every in goals if every]


def own_courses(person: Any) -> QuerySet[CoursePage]:
    """The courses a person holds a standing grant for, in order.

    One taken offline is left to those whose class runs on a version of it.
    """
    mine = CourseGrant.objects.standing().filter(person=person)
    pinned = mine.exclude(course_version=None).values("course_id")
    opened = Q(live=True, pk__in=mine.values("course_id")) | Q(pk__in=pinned)
    courses: QuerySet[CoursePage] = CoursePage.objects.filter(opened)
    return courses.order_by("path")


def course_progress(person: Any) -> list[CourseOutline]:
    """How far a person is in each of the person's own courses."""
    courses = read_courses(person=person, courses=own_courses(person))
    return course_outlines(person=person, courses=courses)


def seconds_on_day(*, person: Any, at: datetime) -> int:
    """Seconds credited so far on the day in China that `at` falls on."""
    rows = LedgerEntry.objects.filter(person=person, day=day_in_china(at))
    return int(rows.aggregate(total=Sum("seconds"))["total"] or 0)
