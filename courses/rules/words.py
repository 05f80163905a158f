"""Words of Chinese and Latin text for searching, the same on every database.

Chinese is written without blanks, so a run of Chinese is cut into all its pairs of neighbours
(直播运营 → 直播 播运 运营); Latin words and numbers stay whole. Case and width do not matter:
ＲＯＩ, ROI and roi are one word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007"
RUN = re.compile(rf"[{CHINESE}]+|[^\W_{CHINESE}]+")
IS_CHINESE = re.compile(rf"[{CHINESE}]")
# Keys of a raw value under which no words for a reader stand.
SILENT_KEYS = frozenset({"tone", "type", "id", "minutes", "url", "kind"})
TAG = re.compile(r"<[^>]*>")
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&nbsp;": " "}
ENTITY = re.compile("|".join(map(re.escape, ENTITIES)))
# Shown only after a person's own answer: a search must not show them before.
ANSWERS = frozenset({"answer", "model_answer", "explanation"})
HIDDEN = {"drill": ANSWERS, "case": ANSWERS, "checks": ANSWERS | {"code"}}
MOST_WORDS = 8
BEFORE, AFTER = 24, 60


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet; `hit` marks what was looked for."""

    text: str
    hit: bool


def folded(text: str) -> str:
    """Text as it is compared: full-width letters made narrow, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


def without_markup(text: str) -> str:
    """Rich text as plain text; where a tag stood, words do not grow together."""
    plain = TAG.sub(" ", text) if "<" in text else text
    return ENTITY.sub(lambda found: ENTITIES[found.group()], plain)


def pairs(run: str) -> list[str]:
    """All pairs of neighbours of a run of Chinese; a single character is itself."""
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def runs(text: str) -> list[str]:
    """The folded runs of Chinese, of letters and of digits, in order."""
    return RUN.findall(folded(text))


def tokens(text: str) -> str:
    """The words of a text, each once between blanks: what an index row stores."""
    found = dict.fromkeys(word for run in runs(text) for word in _words(run))
    return f" {' '.join(found)} " if found else ""


def needles(query: str) -> list[str]:
    """What a row's tokens must contain for this query, in the order typed; [] asks for nothing."""
    return list(dict.fromkeys(each for run in wanted(query) for each in _needles(run)))


def wanted(query: str) -> list[str]:
    """The runs asked for, at most eight."""
    return list(dict.fromkeys(runs(query)))[:MOST_WORDS]


def _words(run: str) -> list[str]:
    return pairs(run) if IS_CHINESE.match(run) else [run]


def _needles(run: str) -> Iterator[str]:
    if len(run) == 1 and IS_CHINESE.match(run):
        yield run  # inside any pair
        return
    yield from (f" {word} " for word in _words(run))


def readable(content: Mapping[str, Any], streams: Iterable[str]) -> Iterator[str]:
    """The texts of a frozen lesson, piece by piece, that everybody who opens it may read."""
    for name in streams:
        hidden = SILENT_KEYS | HIDDEN.get(name, frozenset())
        for part in content[name]:
            yield from texts(part["value"], hidden)


def texts(value: Any, hidden: frozenset[str] = SILENT_KEYS) -> Iterator[str]:
    """The plain texts inside a raw value, in order."""
    if isinstance(value, str):
        yield " ".join(without_markup(value).split())
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in hidden:
                yield from texts(each, hidden)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each, hidden)


def has_all(text: str, query: str) -> bool:
    """Whether every run of the query stands in the text: Latin as a whole word."""
    there = runs(text)
    whole = frozenset(there)
    return all(
        any(run in each for each in there) if IS_CHINESE.match(run) else run in whole
        for run in wanted(query)
    )


def hits(text: str, query: str) -> list[tuple[int, int]]:
    """Where the runs of the query stand in the text, as places of the text itself, in order."""
    small, places = _mapped(text)
    looked_for = set(wanted(query))
    found = []
    for run in RUN.finditer(small):
        for start, end in _inside(run.group(), looked_for):
            first, last = run.start() + start, run.start() + end - 1
            found.append((places[first], places[last] + 1))
    return _merged(found)


def _inside(run: str, looked_for: set[str]) -> Iterator[tuple[int, int]]:
    if not IS_CHINESE.match(run):
        if run in looked_for:
            yield 0, len(run)
        return
    for word in looked_for:
        place = run.find(word)
        while place >= 0:
            yield place, place + len(word)
            place = run.find(word, place + 1)


def _mapped(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place it came from."""
    small, places = [], []
    for place, character in enumerate(text):
        for each in folded(character):
            small.append(each)
            places.append(place)
    return "".join(small), places


def _merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def snippet(text: str, query: str) -> list[Piece]:
    """A stretch of the text around its first hit with every hit in it marked; [] without one."""
    found = hits(text, query)
    if not found:
        return []
    start, end = max(0, found[0][0] - BEFORE), min(len(text), found[0][1] + AFTER)
    pieces, at = [Piece("…", hit=False)] if start else [], start
    for first, last in found:
        if first >= end:
            break
        if at < first:
            pieces.append(Piece(text[at:first], hit=False))
        pieces.append(Piece(text[first:last], hit=True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], hit=False))
    if max(at, end) < len(text):
        pieces.append(Piece("…", hit=False))
    return pieces
