"""What a document is made of once it has been read, and the inline markup that is kept of it.

`html` holds `b`, `a href` and `br` only and is already escaped; `text` is plain. `place` says in
words where a part stood, so that whoever imports can find it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_HREF = 2_000


@dataclass(frozen=True)
class Span:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    href: str = ""


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
