"""Where a person stands in a course: which lesson is done, which one comes next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from learning.rules.crediting import counted_seconds, is_complete


@dataclass(frozen=True)
class LessonStanding:
    """One lesson of a course for one person, in the order of the course. Times in seconds."""

    lesson_id: int
    title: str
    level: str
    planned_seconds: int
    credited_seconds: int = 0
    completed_at: datetime | None = None
    last_at: datetime | None = None
    open_checks: int = 0

    @property
    def is_done(self) -> bool:
        """Studied in full, and every quick check answered."""
        return self.is_studied and not self.open_checks

    @property
    def is_studied(self) -> bool:
        """Whether the time is complete; once complete it stays so, also when the plan grows."""
        return self.completed_at is not None or is_complete(
            credited_seconds=self.credited_seconds, planned_seconds=self.planned_seconds
        )

    @property
    def counted(self) -> int:
        """Credited seconds that count."""
        return counted_seconds(
            credited_seconds=self.credited_seconds, planned_seconds=self.planned_seconds
        )

    @property
    def left(self) -> int:
        """Seconds still to study."""
        return self.planned_seconds - self.counted

    @property
    def is_begun(self) -> bool:
        return self.credited_seconds > 0 and not self.is_done


@dataclass(frozen=True)
class Totals:
    """Lessons and seconds of a group of lessons."""

    lessons: int
    done: int
    seconds: int
    planned_seconds: int

    @property
    def is_done(self) -> bool:
        return self.lessons > 0 and self.done == self.lessons


def totals(standings: Sequence[LessonStanding]) -> Totals:
    """Add up a module or a course."""
    return Totals(
        lessons=len(standings),
        done=sum(1 for one in standings if one.is_done),
        seconds=sum(one.counted for one in standings),
        planned_seconds=sum(one.planned_seconds for one in standings),
    )


def next_lesson(
    standings: Sequence[LessonStanding], path: Collection[int] = ()
) -> LessonStanding | None:
    """What to go on with: the unfinished lesson studied last, else the first unfinished one.

    `path` are the lessons of the person's post; while one of them is unfinished it comes before
    lessons that are not begun. None when everything is done.
    """
    open_ones = [one for one in standings if not one.is_done]
    begun = [one for one in open_ones if one.last_at is not None]
    if begun:
        return max(begun, key=lambda one: one.last_at)  # type: ignore[arg-type,return-value]
    return next(iter(path_first(open_ones, path)), None)


def path_first(standings: Sequence[LessonStanding], path: Collection[int]) -> list[LessonStanding]:
    """The lessons of the path, then the others, each in their order."""
    return sorted(standings, key=lambda one: one.lesson_id not in path)


def lesson_after(
    standings: Sequence[LessonStanding], lesson_id: int, path: Collection[int] = ()
) -> LessonStanding | None:
    """The lesson that follows in a course; None after the last one.

    Who reads a lesson of the own path is led to the next one of it, while there is one.
    """
    place = [one.lesson_id for one in standings].index(lesson_id)
    later = standings[place + 1 :]
    wanted = later if lesson_id not in path else path_first(later, path)
    return next(iter(wanted), None)
