"""Formulas of calculated questions: read by a parser of our own, reckoned in exact fractions.

+ − × ÷ * / ( ), numbers, parameters by name, a percent sign behind a value, min(a, b, …),
max(a, b, …), abs(a), round(a) and round(a, places), half up and away from zero. Nothing is ever
handed to an interpreter, and length, depth and digits are limited, so no formula takes long.

A formula is reckoned with spans: of one point when the figures are known, of a range when it is
asked what may come out over all of them. Then the span is at least as wide as the truth.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from exams.rules.errors import RuleError

LONGEST = 200
DEEPEST = 20
PLACES = 6
_LETTER = "A-Za-z_\u4e00-\u9fff"
NAME = re.compile(f"[{_LETTER}][0-9{_LETTER}]{{0,19}}")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)(?![0-9.])"
    rf"|(?P<name>{NAME.pattern})(?![0-9{_LETTER}])|(?P<sign>[-+*/(),%]))"
)
# Full-width forms only: folding more would read 10² as 102.
_PLAIN = str.maketrans(
    {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)}
    | {"\u3000": " ", "×": "*", "÷": "/"}
    | dict.fromkeys("−﹣–—‐‑‒―", "-")
)


@dataclass(frozen=True)
class Span:
    """The least and the most that a value can be."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, value: Fraction | int) -> "Span":
        """One point."""
        return cls(Fraction(value), Fraction(value))

    @property
    def smallest_size(self) -> Fraction:
        """How near the value can come to 0."""
        if self.low <= 0 <= self.high:
            return Fraction(0)
        return min(abs(self.low), abs(self.high))


def _add(a: Span, b: Span) -> Span:
    return Span(a.low + b.low, a.high + b.high)


def _subtract(a: Span, b: Span) -> Span:
    return Span(a.low - b.high, a.high - b.low)


def _multiply(a: Span, b: Span) -> Span:
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Span(min(corners), max(corners))


def _divide(a: Span, b: Span) -> Span:
    if not b.smallest_size:
        raise RuleError("zero", "the formula can divide by zero")
    return _multiply(a, Span(1 / b.high, 1 / b.low))


def _negative(a: Span) -> Span:
    return Span(-a.high, -a.low)


def _percent(a: Span) -> Span:
    return Span(a.low / 100, a.high / 100)


def _size(a: Span) -> Span:
    return Span(a.smallest_size, max(abs(a.low), abs(a.high)))


def rounded(value: Fraction, places: int) -> Fraction:
    """The value with that many decimal places; a half goes away from zero."""
    size = Fraction(floor(abs(value) * 10**places + Fraction(1, 2)), 10**places)
    return -size if value < 0 else size


def round_span(a: Span, places: int) -> Span:
    """Both ends rounded."""
    return Span(rounded(a.low, places), rounded(a.high, places))


def _least(a: Span, b: Span) -> Span:
    return Span(min(a.low, b.low), min(a.high, b.high))


def _most(a: Span, b: Span) -> Span:
    return Span(max(a.low, b.low), max(a.high, b.high))


_ONE: dict[str, Callable[[Span], Span]] = {"negative": _negative, "%": _percent, "abs": _size}
_TWO: dict[str, Callable[[Span, Span], Span]] = {
    "+": _add, "-": _subtract, "*": _multiply, "/": _divide, "min": _least, "max": _most,
}  # fmt: skip
FUNCTIONS = frozenset({"min", "max", "abs", "round"})
Step = tuple[str, Fraction | str | int]


@dataclass(frozen=True)
class Formula:
    """A formula that was read: its steps in the order in which a stack takes them."""

    steps: tuple[Step, ...]

    @property
    def names(self) -> frozenset[str]:
        """The parameters it asks for."""
        return frozenset(str(value) for kind, value in self.steps if kind == "name")

    @property
    def divides(self) -> bool:
        """Whether it has a division, whose result may never end."""
        return any(kind == "/" for kind, _ in self.steps)

    def span(self, values: Mapping[str, Span]) -> Span:
        """What comes out of these values. Raises RuleError `zero` where it may divide by zero."""
        stack: list[Span] = []
        for kind, value in self.steps:
            if kind == "number":
                stack.append(Span.of(Fraction(value)))
            elif kind == "name":
                stack.append(values[str(value)])
            elif kind == "round":
                stack.append(round_span(stack.pop(), int(value)))
            elif kind in _ONE:
                stack.append(_ONE[kind](stack.pop()))
            else:
                second = stack.pop()
                stack.append(_TWO[kind](stack.pop(), second))
        return stack.pop()

    def value(self, figures: Mapping[str, Fraction]) -> Fraction:
        """The one value of known figures. Raises RuleError `zero` when it divides by zero."""
        return self.span({name: Span.of(figure) for name, figure in figures.items()}).low


def read_formula(text: object) -> Formula:
    """The formula of a text. Raises RuleError `formula` naming the place that is wrong."""
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        raise RuleError(
            "formula", "the formula must be a text of 1 to %(most)s characters", most=LONGEST
        )
    reader = _Reader(_tokens(text.translate(_PLAIN)))
    reader.sum()
    reader.end()
    return Formula(tuple(reader.steps))


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise _unreadable(text[at:].strip()[:10])
        tokens.append((str(found.lastgroup), found.group(str(found.lastgroup))))
        at = found.end()
    return [*tokens, ("end", "")]


def _unreadable(part: str) -> RuleError:
    if not part:
        return RuleError("formula", "the formula ends too early")
    return RuleError("formula", "the formula cannot be read at %(part)s", part=part)


class _Reader:
    """Recursive descent: one method a level of the grammar, each appending its steps."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.steps: list[Step] = []

    def take(self, *signs: str) -> str:
        """The next token if it is one of these signs, else ""."""
        kind, text = self.tokens[self.at]
        if kind != "sign" or text not in signs:
            return ""
        self.at += 1
        return text

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise _unreadable(self.tokens[self.at][1])

    def end(self) -> None:
        kind, text = self.tokens[self.at]
        if kind != "end":
            raise _unreadable(text)

    def sum(self) -> None:
        """product (+ | −) product …"""
        self.product()
        while sign := self.take("+", "-"):
            self.product()
            self.steps.append((sign, 0))

    def product(self) -> None:
        """signed (× | ÷) signed …"""
        self.signed()
        while sign := self.take("*", "/"):
            self.signed()
            self.steps.append((sign, 0))

    def signed(self) -> None:
        """A value with any signs before it and percent signs behind it: −5% is −(5%)."""
        negative = False
        while sign := self.take("+", "-"):
            negative ^= sign == "-"
        self.value()
        while self.take("%"):
            self.steps.append(("%", 0))
        if negative:
            self.steps.append(("negative", 0))

    def value(self) -> None:
        """A number, a parameter, a function or a sum in brackets."""
        if self.take("("):
            self.deeper()
            self.expect(")")
            return
        kind, text = self.tokens[self.at]
        if kind not in ("number", "name"):
            raise _unreadable(text)
        self.at += 1
        if kind == "number":
            self.steps.append(("number", Fraction(text)))
        elif text in FUNCTIONS:
            self.function(text)
        else:
            self.steps.append(("name", text))

    def function(self, name: str) -> None:
        """( sum , sum … ) behind a function's name."""
        self.expect("(")
        self.deeper()
        if name == "round":
            self.steps.append(("round", self.places() if self.take(",") else 0))
        elif name == "abs":
            self.steps.append(("abs", 0))
        else:
            self.expect(",")
            self.others(name)
        self.expect(")")

    def others(self, name: str) -> None:
        """All arguments after the first, of which there is one at least."""
        self.deeper()
        self.steps.append((name, 0))
        while self.take(","):
            self.deeper()
            self.steps.append((name, 0))

    def places(self) -> int:
        """The decimal places to round to: a digit, not a sum."""
        kind, text = self.tokens[self.at]
        if kind != "number" or not text.isdecimal() or int(text) > PLACES:
            raise RuleError("formula", "round takes 0 to %(most)s decimal places", most=PLACES)
        self.at += 1
        return int(text)

    def deeper(self) -> None:
        """A sum inside brackets."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise RuleError(
                "formula", "the formula has more than %(most)s brackets in each other", most=DEEPEST
            )
        self.sum()
        self.depth -= 1
