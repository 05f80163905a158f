"""Absolute wording that the Advertising Law forbids in advertisements. In words: docs/rules.md.

A lesson teaches and may quote; what is found here is a hint to its author, never a bar.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courses.rules.hours import SILENT_KEYS

MARKUP = re.compile(r"<[^>]*>")
ENTITY = re.compile(r"&\w+;")
AROUND = 12  # characters shown on both sides
GAP = "\n"  # between two texts: no word reaches over it


@dataclass(frozen=True)
class Word:
    """A word to look out for; inside one of `exceptions` it means nothing."""

    word: str
    hint: str = ""
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A word that a lesson uses: how often, and the first place with what stands around it."""

    word: str
    hint: str
    count: int
    around: str


def normal(text: str) -> str:
    """Full-width letters and digits as narrow ones, lower case: １００％ is 100%."""
    return unicodedata.normalize("NFKC", text).lower()


def texts_of(value: Any) -> Iterator[str]:
    """What people read of raw stream values, text by text, without markup."""
    if isinstance(value, str):
        yield ENTITY.sub(" ", MARKUP.sub("", value))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in SILENT_KEYS:
                yield from texts_of(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_of(each)


def found_words(
    texts: Iterable[str], *, words: Iterable[Word], quoted: Iterable[str] = ()
) -> tuple[Found, ...]:
    """The words that these texts use, in the order of their first use.

    Where several fit, the longest counts; a longer exception there takes it back. `quoted` are
    words that this lesson quotes for teaching.
    """
    quoted_words = {normal(word) for word in quoted}
    known = {normal(each.word): each for each in words if each.word}
    allowed = {normal(phrase) for each in known.values() for phrase in each.exceptions if phrase}
    phrases = sorted({*known, *allowed}, key=lambda phrase: (-len(phrase), phrase))
    if not phrases:
        return ()
    text = normal(GAP.join(texts))
    places: dict[str, list[int]] = {}
    for match in re.finditer("|".join(map(re.escape, phrases)), text):
        if match[0] not in allowed and match[0] not in quoted_words:
            places.setdefault(match[0], []).append(match.start())
    return tuple(
        Found(known[word].word, known[word].hint, len(where), _around(text, where[0], len(word)))
        for word, where in places.items()
    )


def _around(text: str, start: int, length: int) -> str:
    """The word with what stands before and behind it in its own text."""
    before = text[max(0, start - AROUND) : start].rpartition(GAP)[2]
    behind = text[start + length : start + length + AROUND].partition(GAP)[0]
    return f"{before}{text[start : start + length]}{behind}"
