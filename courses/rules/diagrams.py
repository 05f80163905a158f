"""Where the shapes of a diagram stand. A page draws them as SVG; nothing here knows of one.

Units are CSS pixels at a width of 320, so a phone of 360 px shows letters at their own size.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FLOW, TIMELINE, BARS = "flow", "timeline", "bars"
WIDTH = 320
PAD, GAP = 12, 24
LABEL, NOTE = 15, 13  # sizes of letters
LABEL_STEP, NOTE_STEP = 21, 19  # from one line of text to the next
RAIL = 10  # where the line of a timeline stands
TEXT_BESIDE_RAIL = 32
BAR = 14


@dataclass(frozen=True)
class Item:
    """One thing of a diagram; `value` is for bars alone."""

    label: str
    note: str = ""
    value: int = 0


@dataclass(frozen=True)
class Box:
    """A rectangle; `name` says what it is to the style sheet."""

    name: str
    x: int
    y: int
    width: int
    height: int
    radius: int


@dataclass(frozen=True)
class Words:
    """One line of text on its base line."""

    name: str
    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything to draw, `height` units high. `strokes` are paths of SVG."""

    height: int
    boxes: tuple[Box, ...]
    strokes: tuple[str, ...]
    words: tuple[Words, ...]


def wrapped(text: str, letters: int) -> tuple[str, ...]:
    """The text in lines of at most `letters` Han characters; narrow ones count half."""
    lines, line, width = [], "", 0.0
    for sign in text:
        step = 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56
        if line and width + step > letters:
            lines.append(line)
            line, width = "", 0.0
        line, width = line + sign, width + step
    return (*lines, line) if line else tuple(lines)


def drawn(kind: str, items: Sequence[Item]) -> Drawing:
    """The shapes of a diagram of one of the three kinds, from top to bottom."""
    return {FLOW: _flow, TIMELINE: _timeline, BARS: _bars}[kind](items)


def _flow(items: Sequence[Item]) -> Drawing:
    boxes, strokes, top = [], [], 1
    words: list[Words] = []
    for place, item in enumerate(items):
        if place:
            strokes.append(_arrow(top))
            top += GAP
        lines = tuple(_lines(item, PAD + 4, top + PAD, WIDTH - 2 * PAD - 8))
        height = _text_height(lines) + 2 * PAD
        boxes.append(Box("step", 1, top, WIDTH - 2, height, 8))
        words += lines
        top += height
    return Drawing(top + 1, tuple(boxes), tuple(strokes), tuple(words))


def _timeline(items: Sequence[Item]) -> Drawing:
    boxes, top, last = [], 2, 0
    words: list[Words] = []
    for item in items:
        lines = tuple(_lines(item, TEXT_BESIDE_RAIL, top, WIDTH - TEXT_BESIDE_RAIL - 4))
        boxes.append(Box("dot", RAIL - 6, top + 3, 12, 12, 6))
        words += lines
        last = top + 9
        top += _text_height(lines) + PAD
    rail = (f"M{RAIL} 11V{last}",) if len(items) > 1 else ()
    return Drawing(top, tuple(boxes), rail, tuple(words))


def _bars(items: Sequence[Item]) -> Drawing:
    largest = max((item.value for item in items), default=0) or 1
    boxes, top = [], 2
    words: list[Words] = []
    for item in items:
        lines = tuple(_lines(item, 1, top, WIDTH - 2))
        top += _text_height(lines) + 4
        width = max(2, round((WIDTH - 2) * item.value / largest))
        boxes += [Box("track", 1, top, WIDTH - 2, BAR, 3), Box("bar", 1, top, width, BAR, 3)]
        words += lines
        top += BAR + PAD
    return Drawing(top, tuple(boxes), (), tuple(words))


def _arrow(top: int) -> str:
    middle, end = WIDTH // 2, top + GAP - 3
    return f"M{middle} {top + 3}V{end}M{middle - 5} {end - 6}L{middle} {end}L{middle + 5} {end - 6}"


def _lines(item: Item, x: int, top: int, width: int) -> Iterator[Words]:
    """The label and the note of an item, line by line below `top`."""
    for line in wrapped(item.label, width // LABEL):
        yield Words("label", x, top + LABEL, line)
        top += LABEL_STEP
    for line in wrapped(item.note, width // NOTE):
        yield Words("note", x, top + NOTE, line)
        top += NOTE_STEP


def _text_height(lines: Sequence[Words]) -> int:
    return sum(LABEL_STEP if line.name == "label" else NOTE_STEP for line in lines) - 2
