"""Ordering: by default the whole order right, or nothing: half an order is another order."""

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
from exams.rules.scoring_rules import earned, name_of, rule_of, tally


class OrderingRule(QuestionRule):
    """content {"options": [text], "scoring"}, key {"order": [index]}, answer: all places."""

    type = "ordering"

    def check(self, content: Json, key: Json) -> None:
        options = check_texts(content.get("options"), "options", least=2)
        if len(check_indexes(key.get("order"), len(options), "order")) != len(options):
            raise RuleError("order", "the order must name every option")
        rule_of(self.type, content)

    def clean(self, content: Json, value: Any) -> list[int] | None:
        if value is None:
            return None
        count = len(content["options"])
        if len(check_indexes(value, count, "answer")) != count:
            raise RuleError("order", "the order must name every option")
        return list(value)

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        chosen = [order[place] for place in value or []]
        right = sum(a == b for a, b in zip(chosen, key["order"], strict=False))
        found = tally(right=right, wrong=len(chosen) - right, most=len(key["order"]))
        return earned(self.type, content, found)

    def shuffled(self, content: Json) -> int:
        return len(content["options"])

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        options = in_order(content["options"], order)
        return {"options": options, "scoring": name_of(self.type, content)}
