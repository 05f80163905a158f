"""Matching: pairs right ÷ pairs. The right side is shuffled, the left side is not."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.question_types.base import (
    Json,
    QuestionRule,
    check_index,
    check_texts,
    in_order,
)
from exams.rules.scoring_rules import earned, name_of, rule_of, tally


class MatchingRule(QuestionRule):
    """content {"left", "right", "scoring"}, key {"pairs": [right index per left]}, answer: places.

    An answer has a place or null for each on the left. The right side may have more entries than
    the left, and one may serve twice.
    """

    type = "matching"

    def check(self, content: Json, key: Json) -> None:
        left = check_texts(content.get("left"), "left", least=2)
        right = check_texts(content.get("right"), "right", least=2)
        pairs = key.get("pairs")
        if not isinstance(pairs, list) or len(pairs) != len(left):
            raise RuleError("pairs", "pairs needs one entry for each entry on the left")
        for index in pairs:
            check_index(index, len(right), "pairs")
        rule_of(self.type, content)

    def clean(self, content: Json, value: Any) -> list[int | None] | None:
        if value is None:
            return None
        count = len(content["left"])
        if not isinstance(value, list) or len(value) != count:
            raise RuleError(
                "pairs", "answer must be a list of %(count)s places or nulls", count=count
            )
        most = len(content["right"])
        pairs = [None if v is None else check_index(v, most, "answer") for v in value]
        return pairs if any(v is not None for v in pairs) else None

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        chosen = [None if place is None else order[place] for place in value or []]
        right = sum(a == b for a, b in zip(chosen, key["pairs"], strict=False))
        wrong = sum(index is not None for index in chosen) - right
        found = tally(right=right, wrong=wrong, most=len(key["pairs"]))
        return earned(self.type, content, found)

    def shuffled(self, content: Json) -> int:
        return len(content["right"])

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        right = in_order(content["right"], order)
        return {"left": content["left"], "right": right, "scoring": name_of(self.type, content)}
