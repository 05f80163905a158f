"""What of a person's study counts for a class: the one reckoning of gate, hours, report, packs.

A class counts the lessons of the versions it runs on, each up to what it planned there, whatever
became of the pages since. A class without versions (a draft) counts by the pages, also those taken
offline. A lesson that stands in two of its courses counts once, by the longer plan.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from courses.models import CoursePage, VersionLesson
from courses.queries import LENGTH_OF_COURSE_PATH, ever_lessons_of
from learning.models import LessonProgress
from learning.rules.crediting import counted_seconds
from training.models import ClassCourse, Programme, TrainingClass


@dataclass(frozen=True)
class PlannedLesson:
    """A lesson as a class counts it; `version` is its number, None where the page counts."""

    lesson_id: int
    course_id: int
    course: str
    title: str
    seconds: int
    version: int | None = None


# The lessons of a class by id, in the order in which the class runs them.
Plan = dict[int, PlannedLesson]
# (person, class) ids.
PlaceKey = tuple[int, int]


def plans_of(class_ids: Iterable[int], *, using: str | None = None) -> dict[int, Plan]:
    """Class id → what counts for it; at most four queries, however many classes."""
    plans: dict[int, Plan] = {pk: {} for pk in class_ids}
    pinned = ClassCourse.objects.using(using).filter(training_class__in=plans).order_by("pk")
    versions: dict[int, list[int]] = {}
    for class_id, version_id in pinned.values_list("training_class_id", "version_id"):
        versions.setdefault(class_id, []).append(version_id)
    lessons = _lessons_by_version({pk for ids in versions.values() for pk in ids}, using)
    for class_id, ids in versions.items():
        for version_id in ids:
            _take(plans[class_id], lessons.get(version_id, ()))
    if bare := plans.keys() - versions.keys():
        _take_pages(plans, bare, using)
    return plans


def plan_of_versions(version_ids: Collection[int]) -> Plan:
    """What would count for a class that ran on these versions; one query."""
    plan: Plan = {}
    lessons = _lessons_by_version(version_ids, None)
    for version_id in version_ids:
        _take(plan, lessons.get(version_id, ()))
    return plan


def _take(plan: Plan, lessons: Iterable[PlannedLesson]) -> None:
    for lesson in lessons:
        known = plan.get(lesson.lesson_id)
        if known is None or known.seconds < lesson.seconds:
            plan[lesson.lesson_id] = lesson


def _lessons_by_version(
    version_ids: Collection[int], using: str | None
) -> dict[int, list[PlannedLesson]]:
    found: dict[int, list[PlannedLesson]] = {}
    rows = VersionLesson.objects.using(using).filter(course_version__in=version_ids)
    for version_id, *fields in rows.order_by("course_version", "place").values_list(
        "course_version_id",
        "lesson_id",
        "course_version__course_id",
        "course_version__outline__title",
        "lesson_version__title",
        "lesson_version__planned_seconds",
        "lesson_version__number",
    ):
        found.setdefault(version_id, []).append(PlannedLesson(*fields))
    return found


def _take_pages(plans: dict[int, Plan], class_ids: Collection[int], using: str | None) -> None:
    """Fill the plans of classes without versions from the pages of their programmes."""
    classes = TrainingClass.objects.using(using).filter(pk__in=class_ids)
    programmes = dict(classes.order_by().values_list("pk", "programme_id"))
    links = Programme.courses.through.objects.using(using)
    wanted: dict[int, list[str]] = {}
    for programme_id, path in (
        links.filter(programme__in=set(programmes.values()))
        .order_by("coursepage__path")
        .values_list("programme_id", "coursepage__path")
    ):
        wanted.setdefault(programme_id, []).append(path)
    pages = _lessons_by_path({path for paths in wanted.values() for path in paths}, using)
    for class_id, programme_id in programmes.items():
        for path in wanted.get(programme_id, ()):
            _take(plans[class_id], pages.get(path, ()))


def _lessons_by_path(paths: Collection[str], using: str | None) -> dict[str, list[PlannedLesson]]:
    courses = {
        course.path: course
        for course in CoursePage.objects.using(using).filter(path__in=paths).only("path", "title")
    }
    found: dict[str, list[PlannedLesson]] = {}
    rows = ever_lessons_of(courses.values()).using(using).order_by("path")
    for pk, path, title, seconds in rows.values_list("pk", "path", "title", "planned_seconds"):
        course = courses[path[:LENGTH_OF_COURSE_PATH]]
        lesson = PlannedLesson(pk, course.pk, course.title, title, seconds)
        found.setdefault(course.path, []).append(lesson)
    return found


def seconds_of_places(
    places: Iterable[PlaceKey], *, using: str | None = None
) -> dict[PlaceKey, int]:
    """(person, class) → the online seconds that count there; 0 where nothing was studied."""
    wanted = set(places)
    plans = plans_of({class_id for _person, class_id in wanted}, using=using)
    return seconds_by_plans(wanted, plans, using=using)


def seconds_by_plans(
    places: Collection[PlaceKey], plans: Mapping[int, Plan], *, using: str | None = None
) -> dict[PlaceKey, int]:
    """The same where the plans of the classes are known already; one query."""
    studied: dict[int, list[tuple[int, int]]] = {}
    rows = LessonProgress.objects.using(using).filter(person__in={one for one, _class in places})
    standing = F("credited_seconds") - F("uncounted_seconds")
    for person_id, *lesson in rows.values_list("person_id", "lesson_id", standing):
        studied.setdefault(person_id, []).append((lesson[0], lesson[1]))
    return {
        (person_id, class_id): sum(
            counted_seconds(credited_seconds=seconds, planned_seconds=plan[lesson_id].seconds)
            for lesson_id, seconds in studied.get(person_id, ())
            if lesson_id in plan
        )
        for person_id, class_id in places
        for plan in [plans[class_id]]
    }
