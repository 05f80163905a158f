"""Reads with more than one caller: progress through courses, and the study behind it."""

from learning.queries.media import visible_media
from learning.queries.parts import parts_of
from learning.queries.progress import (
    CourseOutline,
    OutlineModule,
    continue_lesson,
    course_outlines,
    course_progress,
    credited_seconds,
    first_goals,
    own_courses,
    seconds_on_day,
    studied_lessons,
    visible_courses,
    visible_lessons,
)
from learning.queries.reading import pinned_place, pinned_versions, read_courses, read_lesson
from learning.queries.watching import Watching, watched

__all__ = [
    "CourseOutline",
    "OutlineModule",
    "Watching",
    "continue_lesson",
    "course_outlines",
    "course_progress",
    "credited_seconds",
    "first_goals",
    "own_courses",
    "parts_of",
    "pinned_place",
    "pinned_versions",
    "read_courses",
    "read_lesson",
    "seconds_on_day",
    "studied_lessons",
    "visible_courses",
    "visible_lessons",
    "visible_media",
    "watched",
]
