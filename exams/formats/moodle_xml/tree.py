"""The elements of an XML file with their lines, read without trusting it.

A file with a DOCTYPE is refused where it stands, so there are no entities to grow and nothing is
ever fetched. Expat is used because it knows the line of every element; libxml2 stops counting at
65 535. One question is held at a time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from exams.formats.encoding import decode
from exams.formats.items import ItemError, Remark

MAX_DEPTH = 40
MAX_ELEMENTS = 5_000  # of one question
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']+)[\"']")
_UNICODE = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16"}
_CHINESE = {b"gb18030", b"gbk", b"gb2312"}


@dataclass
class Node:
    """One element: `text` is what stands directly in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def child(self, tag: str) -> "Node | None":
        """The first child of this name."""
        return next((node for node in self.children if node.tag == tag), None)

    def every(self, tag: str) -> list["Node"]:
        """All children of this name, in order."""
        return [node for node in self.children if node.tag == tag]

    def below(self, tag: str) -> list["Node"]:
        """All elements of this name, however deep."""
        found = self.every(tag)
        for node in self.children:
            found += node.below(tag)
        return found

    def said(self, tag: str) -> str:
        """The text of a child, or of the <text> in it; "" when there is none."""
        node = self.child(tag)
        if node is None:
            return ""
        inner = node.child("text") or node
        if inner.children:
            raise ItemError(inner.line, "markup in <%(tag)s> must stand in CDATA", tag=inner.tag)
        return inner.text.strip()


def text_of(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text of an XML file. ItemError for an encoding that is not ours, declared or not."""
    found = _DECLARED.match(data[:400])
    declared = found[1].strip().lower() if found else b"utf-8"
    if declared in _CHINESE:
        try:
            return data.decode("gb18030"), (Remark("the file is in GB18030; UTF-8 is safer"),)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ItemError(line, "the file is not in the encoding that it declares") from error
    if declared not in _UNICODE:
        raise ItemError(
            1, "the file declares the encoding %(name)s: save it as UTF-8 and import it again",
            name=declared.decode("ascii", "replace")[:40],
        )  # fmt: skip
    return decode(data)


def walk(text: str, *, root: str, unit: str, take: Callable[[Node], None]) -> None:
    """Hand every <unit> of the <root> to `take`, in order. ItemError for the file as a whole."""
    parser = expat.ParserCreate("utf-8")
    builder = _Builder(parser, root, unit, take)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        raise ItemError(
            error.lineno, "the XML is broken here: %(problem)s",
            problem=expat.ErrorString(error.code),
        ) from error  # fmt: skip


class _Builder:
    def __init__(self, parser: Any, root: str, unit: str, take: Callable[[Node], None]) -> None:
        self.parser, self.root, self.unit, self.take = parser, root, unit, take
        self.open: list[Node] = []
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        depth = len(self.open)
        self.count = self.count + 1 if depth > 1 else 0
        if depth == 0 and tag != self.root:
            raise ItemError(
                line, "the file begins with <%(found)s>, not with <%(root)s>",
                found=tag[:40], root=self.root,
            )  # fmt: skip
        if depth >= MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise ItemError(line, "the XML is too deep or too large here")
        if (depth == 1 and tag != self.unit) or tag.endswith(":include"):
            raise ItemError(line, "<%(tag)s> has no place here", tag=tag[:40])
        self.open.append(Node(tag, attributes, line))

    def end(self, tag: str) -> None:
        node = self.open.pop()
        if len(self.open) == 1:
            self.take(node)
        elif self.open:
            self.open[-1].children.append(node)

    def characters(self, text: str) -> None:
        if len(self.open) > 1:
            self.open[-1].text += text

    def doctype(self, *_parts: Any) -> None:
        raise ItemError(
            self.parser.CurrentLineNumber,
            "the file has a DOCTYPE: entities and outside files are never read",
        )
