"""What a document is made of once it has been read, and the inline markup that is kept of it.

`html` holds `b`, `a href` and `br` only and is already escaped; `text` is plain. `place` says in
words where a part stood, so that whoever imports can find it again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_HREF = 2_000
RAISED, LOWERED = "^", "_"
# What needs no brackets behind a mark: 3, -3, n, 0.5, ®, [1].
ALONE = re.compile(r"[+\-−–]?[\w.]+|.|[(\[（].*[)\]）]", re.DOTALL)


@dataclass(frozen=True)
class Span:
    """A stretch of text in one look; `rise` is RAISED, LOWERED or nothing."""

    text: str
    bold: bool = False
    href: str = ""
    rise: str = ""
    struck: bool = False


@dataclass(frozen=True)
class Heading:
    text: str
    place: str = ""


@dataclass(frozen=True)
class Text:
    html: str
    place: str = ""


@dataclass(frozen=True)
class Listing:
    """`items` are HTML; what stood deeper is inside its item, after a line break."""

    items: tuple[str, ...]
    ordered: bool
    place: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows of plain cells, all rows equally long; merged cells stand once, the others empty."""

    rows: tuple[tuple[str, ...], ...]
    place: str = ""


@dataclass(frozen=True)
class Picture:
    """Bytes of a picture; `kind` is png, jpg, gif or webp."""

    name: str
    kind: str
    data: bytes
    alt: str
    place: str = ""


@dataclass(frozen=True)
class Note:
    """What the speaker says beside a slide."""

    html: str
    place: str = ""


Part = Heading | Text | Listing | Grid | Picture | Note


@dataclass(frozen=True)
class LeftOut:
    """Something that did not come along, and where it stood."""

    place: str
    what: str


@dataclass(frozen=True)
class Document:
    title: str
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]


def safe_href(address: str) -> str:
    """The address, or "" when it is not one of a kind that a lesson may link to."""
    address = "".join(address.split())
    if any(ord(character) < 32 for character in address) or len(address) > LONGEST_HREF:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() not in SAFE_SCHEMES:
        return ""
    return address if parts.netloc or parts.scheme.lower() in {"mailto", "tel"} else ""


def plain_of(spans: Iterable[Span]) -> str:
    """The text of spans on one line."""
    return " ".join("".join(span.text for span in spans).split())


def marks_around(rise: str, words: str, after: str) -> tuple[str, str]:
    """What stands before and behind raised or lowered words when only text remains: 10^3, a_1,
    x^(n+1). Brackets keep them apart from what comes `after`: 10^(3)5."""
    last, following = words[-1], after[:1]
    runs_on = (last.isdigit() and following.isdigit()) or (
        last.isascii() and last.isalpha() and following.isascii() and following.isalpha()
    )
    return (rise, "") if ALONE.fullmatch(words) and not runs_on else (f"{rise}(", ")")


def marked(spans: Iterable[Span]) -> tuple[list[Span], list[str]]:
    """Spans with marks for what was raised or lowered, and that as it is now written: a small 3
    behind a 10 must never read 103."""
    groups = [(rise, list(group)) for rise, group in groupby(spans, key=lambda span: span.rise)]
    flat: list[Span] = []
    written: list[str] = []
    for number, (rise, group) in enumerate(groups, start=1):
        words = "".join(span.text for span in group).strip()
        level = [replace(span, rise="") for span in group]
        if not rise or not words:
            flat += level
            continue
        after = groups[number][1][0].text if number < len(groups) else ""
        opening, closing = marks_around(rise, words, after)
        flat += [replace(level[0], text=opening), *level, replace(level[-1], text=closing)]
        written.append(f"{opening}{words}{closing}")
    return flat, written


def html_of(spans: Iterable[Span]) -> str:
    """Spans as inline HTML; neighbours of one look are joined, line ends become `br`."""
    pieces = []
    for (bold, href), group in groupby(spans, key=lambda span: (span.bold, span.href)):
        text = escape("".join(span.text for span in group), quote=False)
        if not text.strip():
            pieces.append(text)
            continue
        text = f"<b>{text}</b>" if bold else text
        pieces.append(f'<a href="{escape(href)}">{text}</a>' if href else text)
    return "<br/>".join("".join(pieces).strip().split("\n"))


def picture_kind(data: bytes) -> str:
    """png, jpg, gif or webp by the first bytes; "" for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""
