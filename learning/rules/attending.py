"""Whether time counts at all: pages out of view, nobody there, and "still studying?".

A page reports what happens to it; which of the reported time may count is decided here, by the
server's clock. Time counts while the page is in view and somebody shows a sign now and then.
After three minutes without input the page asks "still studying?" and waits; the wait counts.
When nobody answers, counting pauses; what was credited stays.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# What brings a page back: the time before it was not study.
RESUMING = frozenset({"shown", "back"})
# What puts a page away: it earns up to here, and nothing after.
PAUSING = frozenset({"hidden", "left", "idle"})
# What only a person does.
ACTS = frozenset({"shown", "back", "answered", "by_hand", "hand_in"})


@dataclass(frozen=True)
class Pace:
    """Seconds between two beats, without input until the question, and of waiting for its answer.

    The wait is promised to be at least 90 s; ten more make up for slow connections.
    """

    beat_seconds: int = 20
    ask_after_seconds: int = 180
    wait_seconds: int = 100


@dataclass(frozen=True)
class Attention:
    """Where a session stands. `pause` is the reason why nothing counts, or empty."""

    accounted_until: datetime
    input_at: datetime
    asked_at: datetime | None = None
    pause: str = ""


@dataclass(frozen=True)
class Taken:
    """What a report means: time counts until `earns_until`; None: not at all, for `reason`."""

    attention: Attention
    earns_until: datetime | None
    reason: str = ""


def take(now: Attention, *, kind: str, at: datetime, idle_seconds: int, pace: Pace) -> Taken:
    """What a report of `kind` at `at` means, sent `idle_seconds` after the last input.

    A report from before the accounted instant is taken as if it came right at it.
    """
    at = max(at, now.accounted_until)
    seen = at if kind in ACTS else at - timedelta(seconds=max(0, idle_seconds))
    here = replace(now, input_at=max(now.input_at, seen))
    if kind in RESUMING:
        return _away(here, at)
    if now.pause:
        return _away(here, at) if kind in ACTS else _still_paused(here, kind, at)
    taken = _waiting(here, at, pace) if now.asked_at else _asking(here, kind, at, pace)
    if kind == "return":  # no act of a person: what it interrupted, the question too, goes on
        return Taken(replace(taken.attention, accounted_until=at), None, "away")
    if kind in PAUSING:
        return replace(taken, attention=replace(taken.attention, pause=kind, asked_at=None))
    return taken


def _away(now: Attention, at: datetime) -> Taken:
    """Counting begins again at `at`."""
    return Taken(replace(now, accounted_until=at, pause="", asked_at=None), None, "away")


def _still_paused(now: Attention, kind: str, at: datetime) -> Taken:
    pause = kind if kind in PAUSING else now.pause
    return Taken(replace(now, accounted_until=at, pause=pause), None, now.pause)


def _asking(now: Attention, kind: str, at: datetime, pace: Pace) -> Taken:
    """Ask when the page says it does, or when it should have."""
    silent = at - now.input_at >= timedelta(seconds=pace.ask_after_seconds)
    if kind == "asked" or silent:
        now = replace(now, asked_at=at)
    return Taken(now, at)


def _waiting(now: Attention, at: datetime, pace: Pace) -> Taken:
    """The question stands: time counts until it is answered or has waited long enough."""
    asked_at = now.asked_at or at
    until = asked_at + timedelta(seconds=pace.wait_seconds)
    answered = now.input_at > asked_at
    if answered and now.input_at <= until:
        return Taken(replace(now, asked_at=None), at)
    if at < until:
        return Taken(now, at)
    pause = "" if answered else "idle"
    earns_until = max(until, now.accounted_until)
    return Taken(replace(now, asked_at=None, pause=pause), earns_until, "idle")
