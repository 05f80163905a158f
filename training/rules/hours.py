"""A person's hours by lesson, by day, and inside or outside working hours.

A ledger entry of n seconds stands for the n seconds that end when it was credited; one of the day
before midnight ends at midnight. A classroom session is worth its planned class time, which falls
inside working hours in the proportion in which its hours on the clock do.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TypeVar

from people.rules.working_hours import WeekOn, seconds_inside

Key = TypeVar("Key", bound=Hashable)
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Split:
    """Seconds, and how many of them fell into working hours."""

    seconds: int = 0
    inside: int = 0

    @property
    def outside(self) -> int:
        return self.seconds - self.inside

    def __add__(self, other: "Split") -> "Split":
        return Split(self.seconds + other.seconds, self.inside + other.inside)


@dataclass(frozen=True)
class Credited:
    """One ledger entry as these rules read it."""

    lesson_id: int
    day: date
    at: datetime
    seconds: int

    def split(self, week: WeekOn) -> Split:
        """The seconds of the entry by working hours."""
        midnight = datetime.combine(self.day + timedelta(days=1), time(), CHINA)
        end = min(self.at, midnight)
        start = end - timedelta(seconds=self.seconds)
        return Split(self.seconds, seconds_inside(week, start=start, end=end))


def classroom_split(*, starts_at: datetime, ends_at: datetime, seconds: int, week: WeekOn) -> Split:
    """The class time of a session by working hours, rounded down to the second."""
    wall = (ends_at - starts_at) // timedelta(seconds=1)
    inside = seconds_inside(week, start=starts_at, end=ends_at)
    return Split(seconds, seconds * inside // wall)


def sum_by(splits: Iterable[tuple[Key, Split]]) -> dict[Key, Split]:
    """Sums by key, in the order in which the keys come."""
    sums: dict[Key, Split] = defaultdict(Split)
    for key, split in splits:
        sums[key] += split
    return dict(sums)


def day_of(at: datetime) -> date:
    """The calendar day in China of an instant."""
    return at.astimezone(CHINA).date()
