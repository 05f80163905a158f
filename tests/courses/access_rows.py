"""Who answers for lessons sees what they are made of; people read them under /learn/."""

from tests.access import Row
from tests.factories.courses import LessonFactory

NOTE = {"outcome": "current", "note": "逐条核对", "changed": "", "next_on": ""}

KEEPERS = {"editor", "reviewer", "auditor"}


def build(world):
    world.reviewed_lesson = LessonFactory()


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
]
