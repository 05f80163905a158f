"""Which seconds fall into working hours.

A week says on which weekdays (Monday is 0) work is done, and between which times of the day in
China. Where a unit has said nothing, its parent's week holds, at the top Monday to Friday 09:00
to 18:00 with a break from 12:00 to 13:00. Public holidays are not known here.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
SECOND = timedelta(seconds=1)
Span = tuple[time, time]


@dataclass(frozen=True)
class WorkWeek:
    """Weekdays, Monday 0, and the spans of a day in which work is done, in order."""

    days: frozenset[int]
    spans: tuple[Span, ...]

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The working times of a day; none where it is free."""
        return self.spans if day.weekday() in self.days else ()


DEFAULT = WorkWeek(days=frozenset(range(5)), spans=((time(9), time(12)), (time(13), time(18))))
WeekOn = Callable[[date], WorkWeek]


def week_on(weeks: Sequence[Iterable[tuple[date, WorkWeek]]]) -> WeekOn:
    """Which week holds on a day.

    `weeks` are those of the unit, then of each unit above it, each with its first day, in order
    of days. The nearest unit that has one by that day decides.
    """
    levels = [list(level) for level in weeks]

    def on(day: date) -> WorkWeek:
        for level in levels:
            place = bisect_right([first for first, _week in level], day)
            if place:
                return level[place - 1][1]
        return DEFAULT

    return on


def seconds_inside(week: WeekOn, *, start: datetime, end: datetime) -> int:
    """How many whole seconds between two instants fall into working hours."""
    start, end = start.astimezone(CHINA), end.astimezone(CHINA)
    total, day = timedelta(), start.date()
    while day <= end.date():
        for opens, closes in week(day).spans_on(day):
            first = max(start, datetime.combine(day, opens, CHINA))
            last = min(end, datetime.combine(day, closes, CHINA))
            total += max(last - first, timedelta())
        day += timedelta(days=1)
    return total // SECOND
