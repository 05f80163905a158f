"""Reading Moodle XML. An item that cannot be read is an error; the others are read all the same.

A file that is no well-formed XML gives nothing at all: what stands before the break may be whole,
but nobody can say so of the question at the break.
"""

import base64
import binascii
from dataclasses import replace
from decimal import Decimal

from exams.formats import checks
from exams.formats.items import (
    HTML,
    MOODLE,
    Category,
    Fault,
    Item,
    ItemError,
    Outcome,
    Text,
)
from exams.formats.moodle_xml.answers import READERS, untyped
from exams.formats.moodle_xml.texts import FEEDBACKS, decimal_of, formatted, name_of
from exams.formats.moodle_xml.tree import Node, text_of, walk
from exams.formats.plain import default_name, one_line

MAX_ITEMS = 20_000


def read(data: bytes) -> Outcome:
    """Every question and category of a Moodle XML file, and every fault with its line."""
    reader = _Reader()
    try:
        text, notes = text_of(data)
        walk(text, root="quiz", unit="question", take=reader.take)
    except ItemError as error:
        return Outcome(errors=(Fault("", error.line, error.reason),))
    return Outcome(
        tuple(reader.items), tuple(reader.categories), tuple(reader.errors), notes
    )  # fmt: skip


class _Reader:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.categories: list[Category] = []
        self.errors: list[Fault] = []

    def take(self, node: Node) -> None:
        """One <question>, which may be a category."""
        if len(self.items) >= MAX_ITEMS:
            raise ItemError(node.line, "more than %(most)s questions", most=MAX_ITEMS)
        try:
            if node.attributes.get("type") == "category":
                self.categories.append(category_of(node))
            else:
                path = self.categories[-1].path if self.categories else ""
                self.items.append(item_of(node, path))
        except ItemError as error:
            self.errors.append(Fault(name_of(node), error.line, error.reason))


def category_of(node: Node) -> Category:
    """The place that the next questions stand in."""
    path = one_line(node.said("category"))
    if not path:
        raise ItemError(node.line, "the category has no name")
    checks.check_text(path, node.line)
    info = formatted(node.child("info"), MOODLE)
    return Category(path, info, one_line(node.said("idnumber")), node.line)


def item_of(node: Node, category: str) -> Item:
    """One question of whatever type. Raises ItemError."""
    kind = node.attributes.get("type", "").strip()
    if not kind:
        raise ItemError(node.line, "the question names no type")
    stem = formatted(node.child("questiontext"), MOODLE)
    item = Item(
        type=kind, name=one_line(node.said("name")) or default_name(stem), stem=stem,
        line=node.line, max_mark=_mark(node), category=category,
        idnumber=one_line(node.said("idnumber")), tags=_tags(node),
        general_feedback=formatted(node.child("generalfeedback"), MOODLE),
        feedbacks={tag: text for tag in FEEDBACKS if (text := _feedback(node, tag)).text},
        hints=tuple(text for each in node.every("hint") if (text := formatted(each, HTML)).text),
        files=tuple(_file(each) for each in node.below("file")),
        facts={each.tag: each.text.strip() for each in node.children if not each.children},
    )  # fmt: skip
    item = replace(item, **READERS.get(kind, untyped)(node))
    checks.check_item(item)
    return item


def _feedback(node: Node, tag: str) -> Text:
    return formatted(node.child(tag), HTML)


def _mark(node: Node) -> Decimal | None:
    found = node.child("defaultgrade")
    if found is None:
        return None
    mark = decimal_of(found)
    if mark < 0:
        raise ItemError(found.line, "the mark is negative")
    return mark


def _tags(node: Node) -> tuple[str, ...]:
    tags = node.child("tags")
    found = [one_line((tag.child("text") or tag).text) for tag in tags.every("tag")] if tags else []
    return tuple(tag for tag in found if tag)


def _file(node: Node) -> str:
    """The name of an embedded file, which must at least be whole."""
    name = one_line(node.attributes.get("name", "")) or "?"
    try:
        base64.b64decode("".join(node.text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ItemError(node.line, "the embedded file %(name)s is damaged", name=name) from error
    return name
