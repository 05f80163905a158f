"""Calculated: every candidate has own figures, drawn from the seed of his paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.figures import all_values, draw_figures, read_parameters
from exams.rules.formula import PLACES, Formula, Span, read_formula, round_span, rounded
from exams.rules.numbers import fold_answer, read_decimal
from exams.rules.question_types.base import Json, check_text
from exams.rules.question_types.numeric import NumericRule, is_within

LARGEST = 10**15
_FINEST: int = 10**PLACES
_PLACE = re.compile(r"\{([^{}]*)\}")


class CalculatedRule(NumericRule):
    """The stem has a place {name} for every parameter; the answer is a number as typed.

    content {"parameters": {name: {"least", "most", "step"}}, "unit"}, all decimal texts,
    key {"formula", "tolerance", "rounding"}: tolerance a decimal text, or one with % behind it
    for a part of the value; rounding the places the value is rounded to, or null.
    """

    type = "calculated"

    def check(self, content: Json, key: Json) -> None:
        check_text(content.get("unit", ""), "unit", most=20)
        parameters = read_parameters(content.get("parameters"))
        formula = read_formula(key.get("formula"))
        if not formula.names or formula.names - set(parameters):
            names = "、".join(sorted(formula.names - set(parameters)))
            raise RuleError(
                "formula", "the formula reckons with the parameters and nothing else: %(names)s",
                names=names or "–",
            )  # fmt: skip
        tolerance, places = read_tolerance(key.get("tolerance")), _places(key)
        used = {name: parameters[name] for name in parameters if name in formula.names}
        for values in all_values(used):
            _check_value(formula, formula.span(values), tolerance, places)

    def check_stem(self, stem: str, content: Json) -> None:
        named, known = set(_PLACE.findall(stem)), set(content["parameters"])
        if named - known:
            raise RuleError(
                "stem", "{%(name)s} in the stem is no parameter", name=sorted(named - known)[0]
            )
        if known - named:
            raise RuleError(
                "stem", "the stem has no place {%(name)s} for the parameter",
                name=sorted(known - named)[0],
            )  # fmt: skip

    def on_paper(self, content: Json, seed: str) -> Json:
        figures = draw_figures(read_parameters(content["parameters"]), seed)
        return {**content, "figures": figures}

    def worded(self, text: str, content: Json) -> str:
        figures = content["figures"]
        return _PLACE.sub(lambda place: figures.get(place[1], place[0]), text)

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        if value is None:
            return Fraction(0)
        right = right_value(content, key)
        room = read_tolerance(key["tolerance"]).room(right)
        return Fraction(is_within(value, content.get("unit", ""), right, room))


def right_value(content: Json, key: Json) -> Fraction:
    """The exact right answer to a content `on_paper`, rounded as the key says."""
    if "figures" not in content:
        raise RuleError("figures", "a calculated question is scored with a candidate's figures")
    figures = {name: Fraction(text) for name, text in content["figures"].items()}
    value, places = read_formula(key["formula"]).value(figures), _places(key)
    return value if places is None else rounded(value, places)


@dataclass(frozen=True)
class Tolerance:
    """How far from the value an answer may lie: an amount, or a part of the value."""

    amount: Fraction
    is_part: bool

    def room(self, value: Fraction) -> Fraction:
        return self.amount * abs(value) if self.is_part else self.amount


def read_tolerance(text: Any) -> Tolerance:
    """The tolerance of a text such as 0.05 or 1%. Raises RuleError `tolerance`."""
    folded = fold_answer(text).replace(" ", "") if isinstance(text, str) else ""
    amount = read_decimal(folded.removesuffix("%"))
    if amount is None or amount < 0:
        raise RuleError("tolerance", "the tolerance is a number from 0, or one with % behind it")
    if not folded.endswith("%"):
        return Tolerance(Fraction(amount), is_part=False)
    if amount > 50:
        raise RuleError("tolerance", "a tolerance of more than 50% tells nothing right from wrong")
    return Tolerance(Fraction(amount) / 100, is_part=True)


def _places(key: Json) -> int | None:
    places = key.get("rounding")
    if places is None:
        return None
    if isinstance(places, bool) or not isinstance(places, int) or not 0 <= places <= PLACES:
        raise RuleError(
            "rounding", "the value is rounded to 0 to %(most)s decimal places", most=PLACES
        )
    return places


def _check_value(formula: Formula, span: Span, tolerance: Tolerance, places: int | None) -> None:
    """Refuse what nobody could type, and a tolerance in which 0 would be as right as the value."""
    if max(abs(span.low), abs(span.high)) >= LARGEST:
        raise RuleError("large", "the value can become larger than a person types")
    if places is not None:
        span = round_span(span, places)
    elif not tolerance.amount and not _ends(formula, span):
        raise RuleError(
            "rounding", "the value can have decimals without end: state a rounding or a tolerance"
        )
    nearest = span.smallest_size
    if tolerance.amount and nearest <= tolerance.room(nearest):
        raise RuleError(
            "tolerance", "the value can come so near to 0 that the tolerance takes 0 for right"
        )


def _ends(formula: Formula, span: Span) -> bool:
    """Whether the value is surely a decimal that a person can type."""
    if span.low != span.high:
        return not formula.divides
    return _FINEST % span.low.denominator == 0
