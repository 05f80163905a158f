"""Parts of a GIFT text that know the line of the file they stand on."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from exams.formats.items import HTML, MARKDOWN, MOODLE, PLAIN, ItemError, Text

FORMATS = (HTML, MOODLE, PLAIN, MARKDOWN)
SPECIAL = "\\~=#{}:"
_ESCAPE = r"\\[~=#{}:\\n]"
_ESCAPED = re.compile(_ESCAPE)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.I)


@dataclass(frozen=True)
class Block:
    """What stands between two blank lines, comments taken out; `starts` and `lines` run along."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    comments: str = ""

    def line_at(self, offset: int) -> int:
        """The line of the file that this character of the block stands on."""
        return self.lines[bisect_right(self.starts, offset) - 1]


@dataclass(frozen=True)
class Piece:
    """A part of a block: the characters from `start` to `end`."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """As it stands in the file, escapes and all."""
        return self.block.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The line of its first character that is no blank."""
        lead = len(self.text) - len(self.text.lstrip())
        return self.block.line_at(self.start + (lead if lead < len(self.text) else 0))

    def cut(self, start: int, end: int | None = None) -> "Piece":
        """A part of this part; offsets count from its beginning."""
        stop = self.end if end is None else self.start + end
        return Piece(self.block, self.start + start, stop)

    def places(self, target: str) -> Iterator[re.Match[str]]:
        """Where the pattern stands without a backslash before it."""
        for found in re.finditer(f"{_ESCAPE}|({target})", self.text):
            if found[1] is not None:
                yield found

    def place(self, target: str) -> re.Match[str] | None:
        """The first such place."""
        return next(self.places(target), None)

    def parted(self, target: str) -> tuple["Piece", "Piece | None"]:
        """What stands before the first place, and what after it, None when there is none."""
        found = self.place(target)
        if found is None:
            return self, None
        return self.cut(0, found.start()), self.cut(found.end())

    def fail(self, message: str, **params: object) -> ItemError:
        """The error that names this line."""
        return ItemError(self.line, message, **params)

    def plain(self) -> str:
        """The text a person means: escapes taken back, once."""
        return _ESCAPED.sub(lambda m: "\n" if m[0] == "\\n" else m[0][1], self.text).strip()

    def formatted(self, default: str) -> Text:
        """The text with the format it names in square brackets, or the one around it."""
        found = _FORMAT.match(self.text)
        if not found:
            return Text(self.plain(), default)
        return Text(self.cut(found.end()).plain(), found[1].lower())


def escape(text: str) -> str:
    """The text as GIFT writes it: on one line, nothing in it with a meaning."""
    for letter in SPECIAL:
        text = text.replace(letter, "\\" + letter)
    return text.replace("\n", "\\n")
