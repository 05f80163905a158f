"""When an attempt ends, and what still counts. All instants are absolute; nothing reads a clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# For the network only: an answer sent in time may arrive this much later. Never shown as time.
GRACE = timedelta(seconds=5)


@dataclass(frozen=True)
class Limits:
    """Closing instant and length in seconds since an epoch; None falls through, 0 is no limit."""

    close: int | None
    limit: int | None


def effective_limits(base: Limits, *, own: Limits | None, groups: Iterable[Limits]) -> Limits:
    """The limits that count for one person.

    The person's own exception beats those of the groups, those beat the exam, field by field;
    of several groups the most generous value wins, and no limit (0) is the most generous.
    """
    shared = list(groups)
    return Limits(
        _first(own.close if own else None, _most_generous(g.close for g in shared), base.close),
        _first(own.limit if own else None, _most_generous(g.limit for g in shared), base.limit),
    )


def _most_generous(values: Iterable[int | None]) -> int | None:
    given = [value for value in values if value is not None]
    if not given:
        return None
    return 0 if 0 in given else max(given)


def _first(*values: int | None) -> int:
    return next((value for value in values if value is not None), 0)


def ends_at(limits: Limits, *, started: int) -> int | None:
    """The second at which an attempt ends; None when nothing limits it."""
    ends = [limits.close] if limits.close else []
    ends += [started + limits.limit] if limits.limit else []
    return min(ends) if ends else None


def attempt_deadline(
    *, started_at: datetime, closes_at: datetime, duration_minutes: int, extra_minutes: int
) -> datetime:
    """The earlier of the closing of the window and the end of the time, plus the extra time.

    Extra time is a person's right: it also runs past the closing of the window.
    """
    end = min(closes_at, started_at + timedelta(minutes=duration_minutes))
    return end + timedelta(minutes=extra_minutes)


def may_start(*, opens_at: datetime, closes_at: datetime, at: datetime) -> bool:
    """From the opening on, and before the closing."""
    return opens_at <= at < closes_at


def counts_at(*, deadline: datetime, at: datetime) -> bool:
    """Whether an answer that arrived at `at` still counts: to the deadline plus the grace."""
    return at <= deadline + GRACE


def is_over(*, deadline: datetime, at: datetime) -> bool:
    """Whether the clock has closed the attempt: nothing that arrives now can count."""
    return at > deadline + GRACE
