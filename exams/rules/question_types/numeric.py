"""Numeric: right within the tolerance, both ends included."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.numbers import read_number
from exams.rules.question_types.base import Json, QuestionRule, check_number, check_text


class NumericRule(QuestionRule):
    """content {"unit": text}, key {"value", "tolerance"} as decimal texts, answer: as typed."""

    type = "numeric"

    def check(self, content: Json, key: Json) -> None:
        check_text(content.get("unit", ""), "unit", most=20)
        check_number(key.get("value"), "value")
        if check_number(key.get("tolerance"), "tolerance") < 0:
            raise RuleError("tolerance", "tolerance must not be negative")

    def clean(self, content: Json, value: Any) -> str | None:
        return None if value is None else check_text(value, "answer", most=64).strip() or None

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        if value is None:
            return Fraction(0)
        right, room = (Fraction(Decimal(key[name])) for name in ("value", "tolerance"))
        return Fraction(is_within(value, content.get("unit", ""), right, room))

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        return {"unit": content.get("unit", "")}


def is_within(typed: str, unit: str, right: Fraction, room: Fraction) -> bool:
    """Whether what was typed reads as a number not further than `room` from the right one."""
    number = read_number(typed, unit=unit)
    return number is not None and abs(Fraction(number) - right) <= room
