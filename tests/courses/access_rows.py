"""Who answers for lessons sees what they are made of; people read them under /learn/."""

from django.utils import timezone

from courses.queries import course_of
from courses.services import freeze_course
from tests.access import Row
from tests.factories.courses import LessonFactory

NOTE = {"outcome": "current", "note": "逐条核对", "changed": "", "next_on": ""}

KEEPERS = {"editor", "reviewer", "auditor"}


# HR decides whether a class moves to a newer version.
VERSIONS = {*KEEPERS, "hr"}


def build(world):
    world.reviewed_lesson = LessonFactory()
    course = world.versioned_course = course_of(world.reviewed_lesson)
    freeze_course(course=course, at=timezone.now())


def course(world):
    return {"pk": world.versioned_course.pk}


def lesson(world):
    return {"pk": world.reviewed_lesson.pk}


ROWS = [
    Row("courses:review_list", ok=KEEPERS),
    Row("courses:review_detail", ok=KEEPERS, kwargs=lesson),
    # The note lacks its day: whoever may record is told so.
    Row(
        "courses:review_detail",
        ok=KEEPERS,
        method="post",
        kwargs=lesson,
        data=lambda w: NOTE,
        status=422,
    ),
    Row("courses:hours_list", ok=KEEPERS),
    Row("courses:hours_export", ok=KEEPERS),
    Row("courses:version_overview", ok=VERSIONS),
    Row("courses:version_list", ok=VERSIONS, kwargs=course),
    Row("courses:version_compare", ok=VERSIONS, kwargs=course),
]
