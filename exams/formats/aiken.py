"""Aiken: a line of text, options A) to Z), a line ANSWER: X. Single choice only, all plain text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from exams.formats import checks
from exams.formats.encoding import decode
from exams.formats.items import (
    MULTICHOICE,
    PLAIN,
    Answer,
    Fault,
    Item,
    ItemError,
    Outcome,
    Remark,
    Text,
    Written,
)
from exams.formats.plain import default_name

_OPTION = re.compile(r"([A-Z])[).]\s*(.*)")
_ANSWER = re.compile(r"ANSWER\s*[:：]\s*(.*)")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class _Begun:
    """A question that has begun: the last line read and whether it is beyond repair."""

    stem: str
    line: int
    last: int
    options: list[str] = field(default_factory=list)
    broken: bool = False


def read(data: bytes) -> Outcome:
    """Every question of an Aiken file, and every fault with its line."""
    try:
        text, notes = decode(data)
    except ItemError as error:
        return Outcome(errors=(Fault("", error.line, error.reason),))
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            reader.take(number, line.strip())
    reader.finish()
    return Outcome(tuple(reader.items), (), tuple(reader.errors), notes)


class _Reader:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.errors: list[Fault] = []
        self.begun: _Begun | None = None

    def take(self, number: int, line: str) -> None:
        """One line that is not blank."""
        option, answer = _OPTION.fullmatch(line), _ANSWER.fullmatch(line)
        if answer:
            self._answer(number, answer[1].strip())
        elif option:
            self._option(number, option[1], option[2].strip())
        else:
            self._stem(number, line)

    def finish(self) -> None:
        """At the end of the file no question may be open."""
        if self.begun and not self.begun.broken:
            self._fail(self.begun.last, "the file ends before the ANSWER: of this question")

    def _fail(self, line: int, message: str, **params: object) -> None:
        name = default_name(Text(self.begun.stem)) if self.begun else ""
        self.errors.append(Fault(name, line, Remark(message, params)))

    def _stem(self, number: int, line: str) -> None:
        begun = self.begun
        if begun and not begun.options and begun.last == number - 1:
            if not begun.broken:
                self._fail(number, "the text of a question must stand on one line")
            begun.broken, begun.last = True, number
            return
        if begun and not begun.broken:
            self._fail(number, "the next question begins before this one has its ANSWER:")
        self.begun = _Begun(line, number, number)

    def _option(self, number: int, letter: str, text: str) -> None:
        begun = self.begun
        if begun is None:
            return self._fail(number, "an option without a question before it")
        begun.last = number
        expected = _LETTERS[len(begun.options)] if len(begun.options) < len(_LETTERS) else ""
        if letter != expected and not begun.broken:
            self._fail(number, "the option %(letter)s) stands where %(expected)s) is due",
                       letter=letter, expected=expected or "-")  # fmt: skip
            begun.broken = True
        begun.options.append(text)

    def _answer(self, number: int, letters: str) -> None:
        begun = self.begun
        if begun is None:
            return self._fail(number, "an ANSWER: without a question before it")
        if not begun.broken:
            try:
                self.items.append(_item(begun, number, letters))
            except ItemError as error:
                self._fail(error.line, error.reason.message, **error.reason.params)
        self.begun = None


def _item(begun: _Begun, line: int, letter: str) -> Item:
    count = len(begun.options)
    if count < 2:
        raise ItemError(line, "at least %(least)s answers are needed", least=2)
    if letter not in _LETTERS[:count] or len(letter) != 1:
        raise ItemError(
            line, "ANSWER: must name one letter from A to %(last)s, not “%(found)s”",
            last=_LETTERS[count - 1], found=letter[:80],
        )  # fmt: skip
    right = _LETTERS.index(letter)
    answers = [Answer(Text(text), Fraction(n == right)) for n, text in enumerate(begun.options)]
    item = Item(
        type=MULTICHOICE, name=default_name(Text(begun.stem)), stem=Text(begun.stem),
        line=begun.line, answers=tuple(answers),
    )  # fmt: skip
    checks.check_item(item)
    return item


def write(items: Iterable[Item]) -> Written:
    """The items as an Aiken file; those it cannot say are left out and named."""
    parts: list[str] = []
    errors: list[Fault] = []
    for item in items:
        try:
            parts.append(_written(item))
        except ItemError as error:
            errors.append(Fault(item.name, item.line, error.reason))
    return Written("\n".join(parts), tuple(errors))


def _written(item: Item) -> str:
    checks.check_item(item)
    right = [n for n, answer in enumerate(item.answers) if answer.fraction == 1]
    others = {answer.fraction for answer in item.answers if answer.fraction != 1}
    if item.type != MULTICHOICE or not item.single or len(right) != 1 or others - {0}:
        raise ItemError(item.line, "Aiken has only choices with one right option")
    texts = [item.stem, *(answer.text for answer in item.answers)]
    if any("\n" in text.text or text.format != PLAIN for text in texts) or len(texts) > 27:
        raise ItemError(item.line, "Aiken has only plain texts of one line, and 26 options")
    if _OPTION.fullmatch(item.stem.text) or _ANSWER.fullmatch(item.stem.text):
        raise ItemError(item.line, "the text looks like an option of Aiken")
    lines = [f"{_LETTERS[n]}) {answer.text.text}" for n, answer in enumerate(item.answers)]
    return "\n".join([item.stem.text, *lines, f"ANSWER: {_LETTERS[right[0]]}", ""])
