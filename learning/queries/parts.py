"""The parts a lesson page is read in."""

from courses.models import LessonPage
from learning.rules.parts import LessonPart, lesson_parts


def parts_of(lesson: LessonPage) -> tuple[LessonPart, ...]:
    """The parts of a lesson page, in the order they are read."""
    return lesson_parts(
        body=lesson.body.get_prep_value(),
        worked_example=lesson.worked_example.get_prep_value(),
        drill=lesson.drill.get_prep_value(),
        case=lesson.case.get_prep_value(),
        checks=lesson.checks.get_prep_value(),
    )
