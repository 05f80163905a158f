"""Numeric: right within the tolerance, both ends included."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.numbers import read_number
from exams.rules.question_types.base import Json, QuestionRule, check_text


class NumericRule(QuestionRule):
    """content {"unit": text}, key {"value", "tolerance"} as decimal texts, answer: as typed."""

    type = "numeric"

    def check(self, content: Json, key: Json) -> None:
        check_text(content.get("unit", ""), "unit", most=20)
        _decimal(key.get("value"), "value")
        if _decimal(key.get("tolerance"), "tolerance") < 0:
            raise RuleError("tolerance", "tolerance must not be negative")

    def clean(self, content: Json, value: Any) -> str | None:
        return None if value is None else check_text(value, "answer", most=64).strip() or None

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        number = None if value is None else read_number(value, unit=content.get("unit", ""))
        if number is None:
            return Fraction(0)
        off = abs(Fraction(number) - Fraction(key["value"]))
        return Fraction(off <= Fraction(key["tolerance"]))

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        return {"unit": content.get("unit", "")}


def _decimal(value: Any, name: str) -> Decimal:
    """A finite decimal written as text, so that 0.1 stays 0.1."""
    try:
        number = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise RuleError("number", "%(name)s must be a number written as text", name=name)
    return number
