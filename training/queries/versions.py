"""Whether a class runs on the newest versions of its courses, and what newer ones would plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from courses.models import CoursePage, CourseVersion, VersionLesson
from training.models import TrainingClass


@dataclass(frozen=True)
class Behind:
    """A course of a class that was published anew since; seconds are planned online study."""

    course: CoursePage
    pinned: CourseVersion
    newest: CourseVersion
    seconds: int
    newest_seconds: int


@dataclass(frozen=True)
class Standing:
    """The courses of a class that are behind, and the plan of all of them now and then.

    `newest_ids` are the course versions on which the class would run after a move.
    """

    behind: list[Behind]
    seconds: int
    newest_seconds: int
    newest_ids: list[int]


def version_standing(training_class: TrainingClass) -> Standing:
    """How a class stands against what is published; three queries, however many courses."""
    pins = list(training_class.class_courses.select_related("version", "course"))
    # A course that was taken offline keeps its readers where they are.
    live = [pin.course_id for pin in pins if pin.course.live]
    newest = {
        each.course_id: each for each in CourseVersion.objects.newest().filter(course__in=live)
    }
    later = {pin.pk: newest.get(pin.course_id, pin.version) for pin in pins}
    planned = _planned([pin.version_id for pin in pins] + [each.pk for each in later.values()])
    behind = [
        Behind(pin.course, pin.version, later[pin.pk],
               planned.get(pin.version_id, 0), planned.get(later[pin.pk].pk, 0))
        for pin in pins
        if later[pin.pk].pk != pin.version_id
    ]  # fmt: skip
    return Standing(
        behind,
        sum(planned.get(pin.version_id, 0) for pin in pins),
        sum(planned.get(each.pk, 0) for each in later.values()),
        [each.pk for each in later.values()],
    )


def _planned(versions: Iterable[int]) -> dict[int, int]:
    places = VersionLesson.objects.filter(course_version__in=set(versions)).order_by()
    rows = places.values_list("course_version")
    return dict(rows.annotate(seconds=Sum("lesson_version__planned_seconds")))
