"""What each question type of Moodle XML holds besides its text."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exams.formats.items import (
    CLOZE,
    DESCRIPTION,
    ESSAY,
    HTML,
    MATCHING,
    MOODLE,
    MULTICHOICE,
    NUMERICAL,
    ORDERING,
    SHORT_ANSWER,
    TRUE_FALSE,
    Answer,
    ItemError,
    Pair,
    Text,
    Unit,
)
from exams.formats.moodle_xml.texts import decimal_of, formatted
from exams.formats.moodle_xml.tree import Node
from exams.formats.numbers import plain_decimal, read_decimal, read_percent
from exams.formats.plain import one_line

Found = dict[str, Any]
TRUE_WORDS, FALSE_WORDS = {"1", "true", "yes"}, {"0", "false", "no", ""}
ALL, RANDOM = {"", "0", "ALL"}, {"1", "2", "RANDOM", "CONTIGUOUS"}
GRADING = {"": "ABSOLUTE_POSITION", "-1": "ALL_OR_NOTHING", "0": "ABSOLUTE_POSITION"}


def untyped(node: Node) -> Found:
    """A type that we only name: its options are counted, never interpreted."""
    options = node.every("selectoption") + node.every("dragbox")
    return {"answers": tuple(Answer(formatted(option, HTML)) for option in options)}


def _share(node: Node) -> Fraction:
    text = node.attributes.get("fraction", "")
    try:
        return read_percent(text)
    except ValueError as error:
        raise ItemError(
            node.line, "“%(text)s” is no percentage from -100 to 100", text=text[:80]
        ) from error  # fmt: skip


def _flag(node: Node, tag: str, *, default: bool) -> bool:
    found = node.child(tag)
    if found is None:
        return default
    word = found.text.strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise ItemError(found.line, "<%(tag)s> must be true or false", tag=tag)
    return word in TRUE_WORDS


def _feedback(node: Node) -> Text:
    return formatted(node.child("feedback"), HTML)


def _plain(node: Node) -> Text:
    return Text(formatted(node, MOODLE).text)


def _multichoice(node: Node) -> Found:
    answers = [
        Answer(formatted(each, MOODLE), _share(each), _feedback(each))
        for each in node.every("answer")
    ]
    return {"answers": tuple(answers), "single": _flag(node, "single", default=True)}


def _true_false(node: Node) -> Found:
    answers = [
        Answer(Text(_plain(each).text.lower()), _share(each), _feedback(each))
        for each in node.every("answer")
    ]
    return {"answers": tuple(sorted(answers, key=lambda each: each.text.text != "true"))}


def _short_answer(node: Node) -> Found:
    answers = [Answer(_plain(each), _share(each), _feedback(each)) for each in node.every("answer")]
    return {"answers": tuple(answers), "case_sensitive": _flag(node, "usecase", default=False)}


def _numerical(node: Node) -> Found:
    units = node.child("units")
    return {
        "answers": tuple(_number(each) for each in node.every("answer")),
        "units": tuple(_unit(each) for each in units.every("unit")) if units else (),
        "unit_penalty": node.said("unitgradingtype") not in {"", "0"},
    }


def _number(node: Node) -> Answer:
    text = _plain(node).text
    tolerance = node.child("tolerance")
    reach = (
        decimal_of(tolerance) if tolerance is not None and tolerance.text.strip() else Decimal(0)
    )
    if reach < 0:
        raise ItemError(node.line, "the tolerance is negative")
    try:
        value = text if text == "*" else plain_decimal(read_decimal(text))
    except ValueError as error:
        raise ItemError(node.line, "“%(text)s” is no number", text=text[:80]) from error
    return Answer(Text(value), _share(node), _feedback(node), reach)


def _unit(node: Node) -> Unit:
    multiplier = node.child("multiplier")
    return Unit(
        one_line(node.said("unit_name")), decimal_of(multiplier) if multiplier else Decimal(1)
    )  # fmt: skip


def _matching(node: Node) -> Found:
    pairs = [
        Pair(formatted(each, MOODLE), one_line(each.said("answer")))
        for each in node.every("subquestion")
    ]
    return {"pairs": tuple(pairs)}


def _ordering(node: Node) -> Found:
    answers = [Answer(formatted(each, MOODLE), feedback=_feedback(each))
               for each in node.every("answer")]  # fmt: skip
    kind, count = node.said("selecttype").upper(), node.said("selectcount")
    if kind not in ALL | RANDOM or (count and not count.isdecimal()):
        raise ItemError(node.line, "an ordering asks all of its parts or a number of them")
    part = int(count or 0) if kind in RANDOM else 0
    grading = node.said("gradingtype").upper()
    return {
        "answers": tuple(answers), "select_count": part if part < len(answers) else 0,
        "grading": GRADING.get(grading, grading),
    }  # fmt: skip


def _essay(node: Node) -> Found:
    return {"guide": formatted(node.child("graderinfo"), HTML)}


def _nothing(node: Node) -> Found:
    return {}


READERS: dict[str, Callable[[Node], Found]] = {
    MULTICHOICE: _multichoice, TRUE_FALSE: _true_false, SHORT_ANSWER: _short_answer,
    NUMERICAL: _numerical, MATCHING: _matching, ORDERING: _ordering, ESSAY: _essay,
    DESCRIPTION: _nothing, CLOZE: _nothing,
}  # fmt: skip
