"""Texts and numbers as Moodle XML spells them."""

from decimal import Decimal

from exams.formats.items import HTML, MARKDOWN, MOODLE, PLAIN, ItemError, Text
from exams.formats.moodle_xml.tree import Node
from exams.formats.numbers import read_decimal
from exams.formats.plain import one_line

FORMATS = {
    "html": HTML, "moodle_auto_format": MOODLE, "plain_text": PLAIN, "markdown": MARKDOWN,
}  # fmt: skip
FORMAT_NAMES = {name: word for word, name in FORMATS.items()}
FEEDBACKS = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def formatted(node: Node | None, default: str) -> Text:
    """The <text> of an element in the format that its attribute names."""
    if node is None:
        return Text("", default)
    word = node.attributes.get("format")
    if word is not None and word not in FORMATS:
        raise ItemError(node.line, "there is no text format %(name)s", name=word[:40])
    text = node.child("text")
    if text is not None and text.children:
        raise ItemError(text.line, "markup in <%(tag)s> must stand in CDATA", tag="text")
    return Text(text.text if text is not None else "", FORMATS[word] if word else default)


def decimal_of(node: Node) -> Decimal:
    """The number in an element."""
    try:
        return read_decimal(node.text)
    except ValueError as error:
        raise ItemError(
            node.line, "“%(text)s” is no number", text=node.text.strip()[:80]
        ) from error  # fmt: skip


def name_of(node: Node) -> str:
    """What to call a question that could not be read."""
    for tag in ("name", "category", "questiontext"):
        found = node.child(tag)
        text = found.child("text") if found else None
        if text is not None and text.text.strip():
            return one_line(text.text)[:80]
    return ""
