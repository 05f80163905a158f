"""Who answers for lessons sees what they are made of; people read them under /learn/."""

from django.utils import timezone

from courses.queries import course_of
from courses.services import freeze_course
from tests.access import Row
from tests.factories.courses import LessonFactory
from tests.factories.exams import QuestionVersionFactory, TopicFactory

NOTE = {"outcome": "current", "note": "逐条核对", "changed": "", "next_on": ""}

KEEPERS = {"editor", "reviewer", "auditor"}


# Keys of the exam pool are their authors'; auditors read without them.
QUESTIONS = {"author", "auditor"}
# HR decides whether a class moves to a newer version.
VERSIONS = {*KEEPERS, "hr"}


def build(world):
    world.reviewed_lesson = LessonFactory()
    course = world.versioned_course = course_of(world.reviewed_lesson)
    freeze_course(course=course, at=timezone.now())
    world.flagged = flag_of(world.reviewed_lesson)


def flag_of(lesson):
    """A question of the lesson, flagged: its plan now names a figure."""
    question = QuestionVersionFactory(topic=TopicFactory(slug=lesson.slug)).question
    lesson.body = [("paragraph", "费率 6%" + "字" * 600)]
    lesson.save_revision().publish()
    return question


def course(world):
    return {"pk": world.versioned_course.pk}


def lesson(world):
    return {"pk": world.reviewed_lesson.pk}


def flagged(world):
    return {"pk": world.flagged.pk}


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
    Row("courses:flag_list", ok=QUESTIONS),
    Row("courses:flag_detail", ok=QUESTIONS, kwargs=flagged),
    # The reason is missing: the author is told so; an auditor is, too, and decides nothing.
    Row("courses:flag_detail", ok=QUESTIONS, method="post", kwargs=flagged, status=422),
    Row("courses:version_overview", ok=VERSIONS),
    Row("courses:version_list", ok=VERSIONS, kwargs=course),
    Row("courses:version_compare", ok=VERSIONS, kwargs=course),
]
