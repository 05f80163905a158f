"""Ordering: the whole order right, or nothing. Half an order is another order."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.question_types.base import (
    Json,
    QuestionRule,
    check_indexes,
    check_texts,
    in_order,
)


class OrderingRule(QuestionRule):
    """content {"options": [text]}, key {"order": [index]}, answer: all places, first to last."""

    type = "ordering"

    def check(self, content: Json, key: Json) -> None:
        options = check_texts(content.get("options"), "options", least=2)
        if len(check_indexes(key.get("order"), len(options), "order")) != len(options):
            raise RuleError("order", "the order must name every option")

    def clean(self, content: Json, value: Any) -> list[int] | None:
        if value is None:
            return None
        count = len(content["options"])
        if len(check_indexes(value, count, "answer")) != count:
            raise RuleError("order", "the order must name every option")
        return list(value)

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        return Fraction(value is not None and [order[place] for place in value] == key["order"])

    def shuffled(self, content: Json) -> int:
        return len(content["options"])

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        return {"options": in_order(content["options"], order)}
