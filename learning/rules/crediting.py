"""How a beat turns into credited seconds.

A beat says "still here". It earns the wall time since the session's last beat, by the
server's clock, when that is at most 60 seconds; a longer silence was a pause and earns
nothing. A lesson never earns more than it plans, a person never more than eight class hours on
one day in China. What a beat earns is whole seconds; the rest of a second stays for the next.
Whether the time counts at all, `attending` says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kit.hours import CLASS_HOUR_SECONDS

LONGEST_GAP_SECONDS = 60
DAILY_CAP_SECONDS = 8 * CLASS_HOUR_SECONDS
CHINA = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Credit:
    """Seconds earned on one day in China; `seconds` is at least 1."""

    day: date
    seconds: int


@dataclass(frozen=True)
class Beat:
    """What one beat earns, and the instant up to which time is now accounted for."""

    credits: tuple[Credit, ...]
    accounted_until: datetime
    paused: bool

    @property
    def seconds(self) -> int:
        """All seconds this beat earns."""
        return sum(credit.seconds for credit in self.credits)


def day_in_china(at: datetime) -> date:
    """The calendar day in China of an instant."""
    return at.astimezone(CHINA).date()


def start_of_day(day: date) -> datetime:
    """The instant a day begins in China."""
    return datetime.combine(day, time(), CHINA)


def days_of(since: datetime, until: datetime) -> tuple[date, ...]:
    """The days in China a gap of at most a day touches: one, or two across midnight."""
    first, last = day_in_china(since), day_in_china(until)
    return (first,) if first == last else (first, last)


def beat(
    *,
    accounted_until: datetime,
    at: datetime,
    lesson_seconds: int,
    planned_seconds: int,
    credited_on: Callable[[date], int],
    earns_until: datetime | None = None,
) -> Beat:
    """What a beat at `at` earns; with an earlier `earns_until`, only up to there.

    `lesson_seconds` were credited for this lesson before, `credited_on(day)` for all lessons
    of that day. A beat from before `accounted_until` earns nothing and moves nothing back.
    """
    if at <= accounted_until:
        return Beat((), accounted_until, paused=False)
    if int((at - accounted_until).total_seconds()) > LONGEST_GAP_SECONDS:
        return Beat((), at, paused=True)
    ends = at if earns_until is None else max(accounted_until, min(at, earns_until))
    until = accounted_until + timedelta(seconds=int((ends - accounted_until).total_seconds()))
    left = max(0, planned_seconds - lesson_seconds)
    earned = []
    for day, seconds in _by_day(accounted_until, until):
        seconds = min(seconds, left, max(0, DAILY_CAP_SECONDS - credited_on(day)))
        left -= seconds
        if seconds:
            earned.append(Credit(day, seconds))
    return Beat(tuple(earned), until if ends == at else at, paused=False)


def _by_day(since: datetime, until: datetime) -> list[tuple[date, int]]:
    """Whole seconds between two instants, split at midnight in China."""
    days = days_of(since, until)
    total = int((until - since).total_seconds())
    if len(days) == 1:
        return [(days[0], total)]
    before = int((start_of_day(days[1]) - since).total_seconds())
    return [(days[0], before), (days[1], total - before)]


def is_complete(*, credited_seconds: int, planned_seconds: int) -> bool:
    """A lesson is done when all the seconds it plans have been credited."""
    return credited_seconds >= planned_seconds


def counted_seconds(*, credited_seconds: int, planned_seconds: int) -> int:
    """What of a lesson's credit counts when its plan was shortened later."""
    return min(credited_seconds, planned_seconds)
