"""What a lesson honestly takes. Words and tables: docs/rules.md, 学时从哪里来.

A plan of study time is a claim on public money: it may not be longer than the parts it is made
of. Reading counts 250 characters a minute at most; what is worked, written or answered counts
the minutes its author planned for it, a quick check one minute, and what plays its own length,
once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

READING_CHARACTERS_A_MINUTE = 250
CHECK_SECONDS = 60
# Values of a part that nobody reads.
SILENT_KEYS = frozenset({"tone", "type", "id", "minutes", "source", "as_of", "url", "task", "kind"})
PLAYS = frozenset({"video", "audio"})
MARKUP = re.compile(r"<[^>]*>|&\w+;|\s+")

Stream = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Part:
    """One part of a lesson and its seconds; `amount` counts what `name` is made of.

    For "reading" the amount is characters, else pieces.
    """

    name: str
    amount: int
    seconds: int


def characters(value: Any) -> int:
    """Characters a person reads in a raw value; markup and blanks are none."""
    if isinstance(value, str):
        return len(MARKUP.sub("", value))
    if isinstance(value, Mapping):
        return sum(characters(each) for key, each in value.items() if key not in SILENT_KEYS)
    if isinstance(value, list | tuple):
        return sum(characters(each) for each in value)
    return 0


def honest_parts(
    *, body: Stream, worked_example: Stream, drill: Stream, case: Stream, checks: Stream
) -> tuple[Part, ...]:
    """The parts of a lesson in their order, from the raw values of its streams."""
    body = list(body)
    asked = sum(1 for part in checks if part["value"])  # a draft may not have chosen yet
    read = characters(body)
    return (
        Part("reading", read, read * 60 // READING_CHARACTERS_A_MINUTE),
        *_played(body),
        _worked("worked_example", worked_example),
        _worked("drill", drill),
        _worked("case", case),
        Part("checks", asked, asked * CHECK_SECONDS),
    )


def honest_seconds(parts: Iterable[Part]) -> int:
    """What all parts together take, in seconds."""
    return sum(part.seconds for part in parts)


def claims_too_much(*, planned_seconds: int, parts: Iterable[Part]) -> bool:
    """Whether a lesson plans more study time than its parts take."""
    return planned_seconds > honest_seconds(parts)


def _played(body: Stream) -> tuple[Part, ...]:
    """What plays, each recording once; nothing where nothing does."""
    lengths = {
        part["value"].get("media"): int(part["value"].get("seconds") or 0)
        for part in body
        if part["type"] in PLAYS
    }
    return (Part("media", len(lengths), sum(lengths.values())),) if lengths else ()


def _worked(name: str, stream: Stream) -> Part:
    pieces = list(stream)
    minutes = sum(int(piece["value"].get("minutes") or 0) for piece in pieces)
    return Part(name, len(pieces), minutes * 60)
