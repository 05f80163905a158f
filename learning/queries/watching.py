"""How far a person has watched the recordings of a lesson."""

from dataclasses import dataclass
from typing import Any

from courses.models import LessonPage
from courses.rules.streams import media_ids
from learning.models import MediaWatch


@dataclass(frozen=True)
class Watching:
    """One recording as its reader stands to it, in whole seconds; `url` takes the reports."""

    url: str
    length: int
    seconds: int = 0
    position: int = 0
    done: bool = False


def watched(person: Any, lesson: LessonPage) -> dict[int, MediaWatch]:
    """What this person has watched in this lesson, by the key of the file; no query where the
    lesson carries none."""
    if not media_ids(lesson.body.get_prep_value()):
        return {}
    rows = MediaWatch.objects.filter(person=person, lesson=lesson)
    return {row.media_id: row for row in rows}
