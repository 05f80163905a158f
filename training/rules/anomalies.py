"""What in the record of study should be looked at by a person. Nothing here judges or punishes.

Facts of one person and one day in China go in, findings come out. A finding names the ledger
entries it is about. The lines are set high enough for ordinary study not to cross them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

LEAST_OVERLAP_SECONDS = 60
LONGEST_PAUSE = timedelta(minutes=5)
UNBROKEN_SECONDS = 4 * 3600
BURST_EVENTS = 20
BURST_WINDOW = timedelta(seconds=60)
CAP_DAYS, CAP_WINDOW = 3, 7
SHARED = {"device": 2, "address": 5}


@dataclass(frozen=True)
class Earned:
    """One ledger entry: the seconds that end at `end`, in a study session."""

    entry_id: int
    session_id: int
    end: datetime
    seconds: int

    @property
    def start(self) -> datetime:
        return self.end - timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class InClass:
    """A classroom session the person was recorded as present in, worth `seconds` of class time."""

    session_id: int
    starts_at: datetime
    ends_at: datetime
    seconds: int = 0


@dataclass(frozen=True)
class Finding:
    """Something to look at. `key` tells findings of one kind on one day apart.

    `count` and `seconds` mean what the kind says; `entries` are ledger entries, `sessions` study
    sessions.
    """

    kind: str
    key: str
    entries: tuple[int, ...] = ()
    sessions: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    seconds: int = 0
    count: int = 0


def _about(kind: str, key: object, entries: Sequence[Earned], **fields: int) -> Finding:
    return Finding(
        kind,
        str(key),
        entries=tuple(entry.entry_id for entry in entries),
        sessions=tuple(sorted({entry.session_id for entry in entries})),
        since=entries[0].start,
        until=entries[-1].end,
        **{"seconds": sum(entry.seconds for entry in entries), **fields},
    )


def overlaps(earned: Sequence[Earned], in_class: Iterable[InClass]) -> list[Finding]:
    """Online credit of a minute or more while signed in to a classroom session."""
    found = []
    for session in in_class:
        both = [e for e in earned if e.end > session.starts_at and e.start < session.ends_at]
        if sum(entry.seconds for entry in both) >= LEAST_OVERLAP_SECONDS:
            found.append(_about("overlap", session.session_id, both))
    return found


def unbroken(earned: Sequence[Earned]) -> list[Finding]:
    """Four hours or more of credit without a pause of more than five minutes."""
    found, run = [], list[Earned]()
    for entry in sorted(earned, key=lambda one: one.end):
        if run and entry.start - run[-1].end > LONGEST_PAUSE:
            found.append(run)
            run = []
        run.append(entry)
    found.append(run)
    long = [run for run in found if sum(entry.seconds for entry in run) >= UNBROKEN_SECONDS]
    return [_about("unbroken", run[0].entry_id, run) for run in long]


def out_of_order(earned: Sequence[Earned]) -> list[Finding]:
    """Credit of two study sessions for the same time, which the server's clock rules out."""
    found = list[Earned]()
    ordered = sorted(earned, key=lambda one: one.end)
    for before, after in pairwise(ordered):
        shared = before.end - after.start
        if before.session_id != after.session_id and shared > timedelta(seconds=1):
            found += [one for one in (before, after) if one not in found]
    return [_about("sequence", "", found)] if found else []


def bursts(events: Iterable[datetime]) -> list[Finding]:
    """Twenty or more reports of one person within a minute; the fullest minute is named."""
    times = sorted(events)
    first, fullest = 0, (0, 0)
    for last, at in enumerate(times):
        while at - times[first] > BURST_WINDOW:
            first += 1
        fullest = max(fullest, (last - first + 1, -first))
    count, first = fullest[0], -fullest[1]
    if count < BURST_EVENTS:
        return []
    return [Finding("burst", "", since=times[first], until=times[first + count - 1], count=count)]


def at_the_cap(
    day: date, seconds_on: Mapping[date, int], cap: int, earned: Sequence[Earned]
) -> list[Finding]:
    """A day filled to the daily cap, when two more of the six days before it were."""
    window = [day - timedelta(days=back) for back in range(CAP_WINDOW)]
    full = sum(seconds_on.get(each, 0) >= cap for each in window)
    if full < CAP_DAYS or seconds_on.get(day, 0) < cap:
        return []
    return [_about("cap", "", earned, count=full)]


def overfull(earned: Sequence[Earned], in_class: Sequence[InClass], cap: int) -> list[Finding]:
    """Online and classroom time of one day that add up to more than the daily cap.

    Each keeps to the cap alone; only a day with both can pass it. `seconds` is what both add up to.
    """
    total = sum(entry.seconds for entry in earned) + sum(each.seconds for each in in_class)
    if not earned or not in_class or total <= cap:
        return []
    return [_about("full_day", "", earned, count=len(in_class), seconds=total)]


def shared(people_by_mark: Mapping[str, Iterable[int]], kind: str) -> dict[int, list[Finding]]:
    """Person → findings: the device (two people) or address (five) of others on the same day."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for mark, people in sorted(people_by_mark.items()):
        everybody = set(people)
        if mark and len(everybody) >= SHARED[kind]:
            for person in sorted(everybody):
                found[person].append(Finding(kind, mark, count=len(everybody)))
    return dict(found)
