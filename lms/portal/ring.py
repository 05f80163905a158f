"""The hours ring: one segment of the citrus is one class hour. Geometry only."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from kit.hours import CLASS_HOUR_SECONDS

CENTRE, OUTER, INNER, GAP = 70.0, 58.0, 42.0, 1.5
MOST_SEGMENTS = 40


@dataclass(frozen=True)
class Segment:
    """One segment of the ring: an SVG path and the classes that colour it."""

    path: str
    classes: str


def segments(done_seconds: int, required_seconds: int) -> list[Segment]:
    """Full hours are filled, the hour under way is orange, the rest waits.

    Demands of more than 40 hours are drawn as 20 equal parts.
    """
    count = max(1, -(-required_seconds // CLASS_HOUR_SECONDS))
    share = CLASS_HOUR_SECONDS
    if count > MOST_SEGMENTS:
        count, share = 20, max(1, required_seconds // 20)
    full = min(count, done_seconds // share)
    under_way = full < count and 0 < done_seconds < required_seconds
    return [
        Segment(path, _classes(index, full, under_way)) for index, path in enumerate(paths(count))
    ]


def paths(count: int) -> Iterator[str]:
    """The outlines of `count` equal segments, clockwise from the top."""
    step = 2 * pi / count
    for index in range(count):
        begin, end = index * step - pi / 2, (index + 1) * step - pi / 2
        outer, inner = GAP / OUTER, GAP / INNER
        corners = [
            _point(INNER, begin + inner),
            _point(OUTER, begin + outer),
            _point(OUTER, end - outer),
            _point(INNER, end - inner),
        ]
        a, b, c, d = corners
        yield f"M{a}L{b}A{OUTER:g} {OUTER:g} 0 0 1 {c}L{d}A{INNER:g} {INNER:g} 0 0 0 {a}z"


def _point(radius: float, angle: float) -> str:
    return f"{CENTRE + radius * cos(angle):.1f} {CENTRE + radius * sin(angle):.1f}"


def _classes(index: int, full: int, under_way: bool) -> str:
    if index < full:
        return "seg seg-on"
    return "seg seg-now" if under_way and index == full else "seg"
