"""Questions of our bank as items for the writers; reading them back gives the same question."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from exams.formats.bank_items import ANY, CASE_TAG, WHOLE_ANSWER, BankQuestion, to_bank
from exams.formats.items import (
    ALL_OR_NOTHING,
    ESSAY,
    MATCHING,
    MULTICHOICE,
    NUMERICAL,
    ORDERING,
    SHORT_ANSWER,
    TRUE_FALSE,
    Answer,
    Item,
    ItemError,
    Pair,
    Text,
    Unit,
)
from exams.formats.numbers import plain_decimal, read_decimal
from exams.rules.notation import to_text
from exams.rules.question_types import RULES

Json = dict[str, Any]
Found = dict[str, Any]


def from_bank(question: BankQuestion, *, code: str, category: str = "") -> Item:
    """The item of a question. Raises ItemError when no file could say it without a loss."""
    writer = WRITERS.get(question.type)
    if writer is None:
        raise ItemError(
            0, "questions of the type %(type)s are not written", type=question.type
        )  # fmt: skip
    try:
        fields = writer(question.content, question.key)
        tags = (CASE_TAG,) if question.type == "case" else ()
        item = Item(
            name=code, idnumber=code, stem=Text(question.stem), max_mark=question.mark,
            general_feedback=Text(question.explanation), category=category, tags=tags, **fields,
        )  # fmt: skip
        back = to_bank(item)
        same = (back.type, back.content, back.key) == read_back(question)
    except ValueError as error:
        raise ItemError(0, "reading it back would give another question") from error
    if not same:
        raise ItemError(0, "reading it back would give another question")
    return item


def read_back(question: BankQuestion) -> tuple[str, Json, Json]:
    """Type, content and key as a file gives them back: an ordering in its right order, a number in
    its shortest spelling, the right side of a matching in the order of its pairs. It asks the same.

    ValueError when our own question is none, or no file could say it.
    """
    RULES[question.type].check(question.content, question.key)
    content, key = question.content, question.key
    if question.type == "ordering":
        options = [content["options"][index] for index in key["order"]]
        return question.type, {**content, "options": options}, {"order": list(range(len(options)))}
    if question.type == "numeric":
        numbers = {name: plain_decimal(read_decimal(key[name])) for name in ("value", "tolerance")}
        return question.type, {**content, "unit": content.get("unit", "")}, numbers
    if question.type == "matching":
        order = _met(content, key)
        pairs = [order.index(index) for index in key["pairs"]]
        right = [content["right"][index] for index in order]
        return question.type, {**content, "right": right}, {"pairs": pairs}
    return question.type, content, key


def _met(content: Json, key: Json) -> list[int]:
    """The right side in the order in which a file of pairs names it."""
    return list(dict.fromkeys([*key["pairs"], *range(len(content["right"]))]))


def _options(content: Json, shares: list[Fraction]) -> tuple[Answer, ...]:
    texts = [Text(option) for option in content["options"]]
    return tuple(Answer(text, share) for text, share in zip(texts, shares, strict=True))


def _single(content: Json, key: Json) -> Found:
    shares = [Fraction(n == key["right"]) for n in range(len(content["options"]))]
    return {"type": MULTICHOICE, "answers": _options(content, shares)}


def _multiple(content: Json, key: Json) -> Found:
    share = Fraction(1, len(key["right"]))
    shares = [share if n in key["right"] else Fraction(-1) for n in range(len(content["options"]))]
    return {"type": MULTICHOICE, "single": False, "answers": _options(content, shares)}


def _true_false(content: Json, key: Json) -> Found:
    answers = [Answer(Text(word), Fraction(key["right"] is said))
               for word, said in (("true", True), ("false", False))]  # fmt: skip
    return {"type": TRUE_FALSE, "answers": tuple(answers)}


def _fill(content: Json, key: Json) -> Found:
    if content["blanks"] != 1:
        raise ValueError("several blanks")
    texts = [text.replace(ANY, "\\*") for text in key["accepted"][0]]
    return {
        "type": SHORT_ANSWER, "answers": tuple(Answer(Text(text), Fraction(1)) for text in texts)
    }  # fmt: skip


def _numeric(content: Json, key: Json) -> Found:
    value = plain_decimal(read_decimal(key["value"]))
    unit = content.get("unit", "")
    answer = Answer(Text(value), Fraction(1), tolerance=read_decimal(key["tolerance"]))
    return {"type": NUMERICAL, "answers": (answer,), "units": (Unit(unit),) if unit else ()}


def _matching(content: Json, key: Json) -> Found:
    left, right = content["left"], content["right"]
    pairs = [Pair(Text(words), right[index])
             for words, index in zip(left, key["pairs"], strict=True)]  # fmt: skip
    spare = [Pair(Text(), right[n]) for n in _met(content, key) if n not in key["pairs"]]
    return {"type": MATCHING, "pairs": (*pairs, *spare)}


def _ordering(content: Json, key: Json) -> Found:
    answers = [Answer(Text(content["options"][index])) for index in key["order"]]
    return {"type": ORDERING, "answers": tuple(answers), "grading": ALL_OR_NOTHING}


def _points(content: Json, key: Json) -> Found:
    points = key["points"]
    plain = len(points) == 1 and points[0]["point"] == WHOLE_ANSWER and not points[0]["keywords"]
    return {"type": ESSAY, "guide": Text("" if plain else to_text("short", content, key))}


WRITERS: dict[str, Callable[[Json, Json], Found]] = {
    "single": _single, "multiple": _multiple, "true_false": _true_false, "fill": _fill,
    "numeric": _numeric, "matching": _matching, "ordering": _ordering, "short": _points,
    "case": _points,
}  # fmt: skip
