"""Reads with more than one caller: progress through courses, and the study behind it."""

from learning.queries.media import visible_media
from learning.queries.parts import parts_of
from learning.queries.paths import post_path
from learning.queries.progress import (
    CourseOutline,
    OutlineModule,
    course_outlines,
    course_progress,
    first_goals,
    own_courses,
    seconds_on_day,
    studied_lessons,
    visible_courses,
    visible_lessons,
)
from learning.queries.reading import (
    pinned_place,
    pinned_versions,
    read_courses,
    read_lesson,
    wanted_seconds,
)
from learning.queries.watching import Watching, watched
from learning.queries.written import Written, written_by

__all__ = [
    "CourseOutline",
    "OutlineModule",
    "Watching",
    "Written",
    "course_outlines",
    "course_progress",
    "first_goals",
    "own_courses",
    "parts_of",
    "pinned_place",
    "pinned_versions",
    "post_path",
    "read_courses",
    "read_lesson",
    "seconds_on_day",
    "studied_lessons",
    "visible_courses",
    "visible_lessons",
    "visible_media",
    "wanted_seconds",
    "watched",
    "written_by",
]
