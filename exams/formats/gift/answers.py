"""What stands in the braces of a GIFT question, and which type it makes.

`{}` essay · `{#…}` number · `{>…}` ordering · with `~` choices · with `=` and `->` matching ·
a single T, TRUE, F, FALSE, 对, 错, 正确, 错误, √ or × true or false · anything else short answer.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exams.formats.gift.pieces import Piece
from exams.formats.items import (
    ESSAY,
    MATCHING,
    MULTICHOICE,
    NUMERICAL,
    ORDERING,
    SHORT_ANSWER,
    TRUE_FALSE,
    Answer,
    Pair,
    Text,
)
from exams.formats.numbers import middle_and_reach, plain_decimal, read_decimal, read_percent
from exams.formats.plain import one_line

Found = dict[str, Any]
TRUE = {"T", "TRUE", "对", "正确", "√"}
FALSE = {"F", "FALSE", "错", "错误", "×"}
ANY = "*"
_WEIGHT = re.compile(r"\s*%([^%\n]*)%")
_GRADING = {
    "ALL_OR_NOTHING": "ALL_OR_NOTHING", "ABSOLUTE": "ABSOLUTE_POSITION",
    "ABSOLUTE_POSITION": "ABSOLUTE_POSITION", "ABS": "ABSOLUTE_POSITION",
}  # fmt: skip
# How many, laid out and numbered how: nothing that changes the score but what is read below.
_ORDER_WORDS = {
    *_GRADING, "ALL", "EXACT", "RANDOM", "RAND", "REL", "CONTIGUOUS", "CONTIG", "VERT", "VERTICAL",
    "V", "HORI", "HORIZONTAL", "H", "SHOW", "HIDE", "TRUE", "FALSE", "YES", "NO", "0", "1", "NONE",
    "123", "ABC", "ABCD", "III",
}  # fmt: skip
_ORDER_HEAD = re.compile(r"\s*>[^\S\n]*(\d*)([^\n]*)")


def read_answers(inside: Piece, default: str) -> Found:
    """The fields of an Item that the braces say. Raises ItemError."""
    rest, general = inside.parted("####")
    found: Found = {}
    if general is not None:
        found["general_feedback"] = general.formatted(default)
    return found | _kind(rest)(rest, default)


def _kind(rest: Piece) -> Callable[[Piece, str], Found]:
    text = rest.text.strip()
    if not text:
        return _essay
    if text.startswith("#"):
        return _numerical
    if text.startswith(">"):
        return _ordering
    if rest.place("~"):
        return _multichoice
    if rest.place("=") and rest.place("->"):
        return _matching
    word = rest.parted("#")[0].text.strip().upper()
    return _true_false if word in TRUE | FALSE else _short_answer


def _essay(rest: Piece, default: str) -> Found:
    return {"type": ESSAY}


def _multichoice(rest: Piece, default: str) -> Found:
    answers = [_answer(sign, piece, default) for sign, piece in _signed(rest, "[~=]")]
    return {"type": MULTICHOICE, "answers": tuple(answers), "single": rest.place("=") is not None}


def _short_answer(rest: Piece, default: str) -> Found:
    pieces = _signed(rest, "=") if rest.place("=") else [("=", rest)]
    answers = [_answer(sign, piece, default, plain=True) for sign, piece in pieces]
    return {"type": SHORT_ANSWER, "answers": tuple(answers)}


def _true_false(rest: Piece, default: str) -> Found:
    word, told = rest.parted("#")
    wrong, right = told.parted("#") if told is not None else (None, None)
    if right is not None and right.place("#"):
        raise right.fail("true or false takes two feedbacks: for the wrong answer, then the right")
    feedback = [part.formatted(default) if part else Text("", default) for part in (right, wrong)]
    truth = word.text.strip().upper() in TRUE
    answers = [
        Answer(Text(name), Fraction(said == truth), feedback[said != truth])
        for name, said in (("true", True), ("false", False))
    ]
    return {"type": TRUE_FALSE, "answers": tuple(answers)}


def _matching(rest: Piece, default: str) -> Found:
    pairs = []
    for _sign, piece in _signed(rest, "="):
        stem, answer = piece.parted("->")
        if answer is None:
            raise piece.fail("a pair is written =left -> right")
        pairs.append(Pair(stem.formatted(default), one_line(answer.plain())))
    return {"type": MATCHING, "pairs": tuple(pairs)}


def _ordering(rest: Piece, default: str) -> Found:
    head = _ORDER_HEAD.match(rest.text)
    assert head is not None  # the braces begin with >
    words = head[2].upper().split()
    unknown = [word for word in words if word not in _ORDER_WORDS and "_" not in word]
    if unknown:
        raise rest.fail("“%(text)s” does not belong behind {>", text=unknown[0][:80])
    lines = rest.cut(head.end())
    answers = [
        Answer(lines.cut(found.start(), found.end()).formatted(default))
        for found in re.finditer(r"[^\n]*\S[^\n]*", lines.text)
    ]
    count = int(head[1] or 0)
    subset = {"CONTIGUOUS", "CONTIG", "RANDOM", "RAND", "REL"} & {*words}
    return {
        "type": ORDERING, "answers": tuple(answers),
        "select_count": count if subset and count < len(answers) else 0,
        "grading": next((_GRADING.get(w, w) for w in words if w in _GRADING or "_" in w),
                        "ABSOLUTE_POSITION"),
    }  # fmt: skip


def _numerical(rest: Piece, default: str) -> Found:
    body = rest.cut(rest.text.index("#") + 1)
    numbers, wrong = body.parted("~")
    pieces = _signed(numbers, "=") if numbers.place("=") else [("=", numbers)]
    answers = [_number(piece, default) for _sign, piece in pieces]
    if wrong is not None:
        anything, told = wrong.parted("#")
        if anything.text.strip() or told is None:
            raise wrong.fail("behind ~ only #feedback for every other number can stand")
        answers.append(Answer(Text(ANY), feedback=told.formatted(default)))
    return {"type": NUMERICAL, "answers": tuple(answers)}


def _number(piece: Piece, default: str) -> Answer:
    share, piece = _weighted(piece, Fraction(1))
    amount, told = piece.parted("#")
    value, tolerance = _amount(amount)
    feedback = told.formatted(default) if told is not None else Text("", default)
    return Answer(Text(value), share, feedback, tolerance)


def _amount(piece: Piece) -> tuple[str, Decimal]:
    """Value and tolerance of `3`, `3:2`, `1..5` or `*`."""
    text = piece.text.strip()
    if text == ANY:
        return ANY, Decimal(0)
    try:
        low, dots, high = text.partition("..")
        if dots:
            value, tolerance = middle_and_reach(read_decimal(low), read_decimal(high))
        else:
            first, colon, second = text.partition(":")
            value = read_decimal(first)
            tolerance = read_decimal(second) if colon else Decimal(0)
    except ValueError as error:
        raise piece.fail("“%(text)s” is no number or range", text=text[:80]) from error
    if tolerance < 0:
        raise piece.fail("the tolerance is negative")
    return plain_decimal(value), tolerance


def _signed(rest: Piece, signs: str) -> list[tuple[str, Piece]]:
    """The answers with the sign before each."""
    marks = list(rest.places(signs))
    before = rest.cut(0, marks[0].start())
    if before.text.strip():
        raise before.fail("text before the first answer: each begins with = or ~")
    ends = [mark.start() for mark in marks[1:]] + [len(rest.text)]
    return [
        (mark[0], rest.cut(mark.end(), end)) for mark, end in zip(marks, ends, strict=True)
    ]  # fmt: skip


def _answer(sign: str, piece: Piece, default: str, *, plain: bool = False) -> Answer:
    """One option; a plain one has no format of its own, only its feedback has."""
    share, piece = _weighted(piece, Fraction(sign == "="))
    words, told = piece.parted("#")
    text = Text(words.plain()) if plain else words.formatted(default)
    return Answer(text, share, told.formatted(default) if told else Text("", default))


def _weighted(piece: Piece, share: Fraction) -> tuple[Fraction, Piece]:
    found = _WEIGHT.match(piece.text)
    if not found:
        return share, piece
    try:
        return read_percent(found[1]), piece.cut(found.end())
    except ValueError as error:
        raise piece.fail("“%(text)s” is no percentage from -100 to 100",
                         text=found[1][:80]) from error  # fmt: skip
