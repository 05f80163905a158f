"""Which version of a lesson a person has before the eyes: what evidence names."""

from datetime import datetime
from typing import Any

from courses.models import CoursePage, LessonPage, LessonVersion, VersionLesson
from courses.queries import course_of
from courses.services import freeze_course
from learning.queries import pinned_place


def version_read(*, person: Any, lesson: LessonPage, at: datetime) -> LessonVersion | None:
    """The version of the person's class, else the newest; one is frozen when there is none.

    None for a lesson that is published nowhere.
    """
    place = pinned_place(person=person, lesson_id=lesson.pk)
    if place is None:
        course = course_of(lesson)
        place = _newest(course, lesson)
        if place is None and freeze_course(course=course, at=at):
            place = _newest(course, lesson)
    return place.lesson_version if place else None


def _newest(course: CoursePage, lesson: LessonPage) -> VersionLesson | None:
    places = VersionLesson.objects.filter(course_version__course=course, lesson=lesson)
    found = places.select_related("lesson_version__lesson").order_by("-course_version__number")
    return found.first()
