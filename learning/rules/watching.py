"""How much of a recording has been watched. Words and a table: docs/rules.md, 看了多少.

Ranges are pairs of tenths of a second, the end not included. What counts is which parts have been
played, not how far the knob has been moved; and no report adds more than the wall time since the
one before can have shown at the fastest speed.
"""

from collections.abc import Iterable
from datetime import timedelta

Range = tuple[int, int]
Ranges = tuple[Range, ...]

COMPLETE_PERCENT = 95
# The fastest speed is 2; the rest is for clocks and networks that tick unevenly.
FASTEST_TIMES_TEN = 22
# A report that comes later than this counts as if it came now: after a pause, or from a line that
# was broken for long.
LONGEST_SECONDS = 600


def merged(*many: Iterable[Range], length: int) -> Ranges:
    """All these ranges as ranges that do not touch, in order, within 0 and `length` tenths."""
    clipped = sorted(
        (max(0, start), min(length, end))
        for ranges in many
        for start, end in ranges
        if max(0, start) < min(length, end)
    )
    found: list[Range] = []
    for start, end in clipped:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def tenths(ranges: Iterable[Range]) -> int:
    """How long ranges that do not touch are together."""
    return sum(end - start for start, end in ranges)


def believable(ranges: Iterable[Range], *, since_last: timedelta, length: int) -> Ranges:
    """The part of a report that fits into the wall time since the one before; from its front."""
    seconds = min(max(since_last, timedelta()), timedelta(seconds=LONGEST_SECONDS))
    left = int(seconds.total_seconds() * FASTEST_TIMES_TEN)
    found: list[Range] = []
    for start, end in merged(ranges, length=length):
        if left > 0:
            found.append((start, min(end, start + left)))
            left -= end - start
    return tuple(found)


def is_complete(watched: int, length: int) -> bool:
    """Whether enough of `length` tenths has been watched."""
    return watched * 100 >= length * COMPLETE_PERCENT


def parsed(text: str, *, most: int) -> Ranges | None:
    """ "0-105,200-310" as ranges; None for anything else, or for more than `most`."""
    pieces = text.split(",") if text else []
    if len(pieces) > most:
        return None
    found = []
    for piece in pieces:
        start, dash, end = piece.partition("-")
        if not (dash and _is_number(start) and _is_number(end)) or int(start) >= int(end):
            return None
        found.append((int(start), int(end)))
    return tuple(found)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 7
