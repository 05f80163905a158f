"""True or false: all or nothing; the two words keep their order."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.question_types.base import Json, QuestionRule


class TrueFalseRule(QuestionRule):
    """content {}, key {"right": bool}, answer: bool."""

    type = "true_false"

    def check(self, content: Json, key: Json) -> None:
        if not isinstance(key.get("right"), bool):
            raise RuleError("bool", "right must be true or false")

    def clean(self, content: Json, value: Any) -> bool | None:
        if value is not None and not isinstance(value, bool):
            raise RuleError("bool", "answer must be true or false, not %(value)r", value=value)
        return value

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        return Fraction(value is key["right"])
