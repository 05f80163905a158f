"""Multiple choice: by default right chosen ÷ all right, any wrong option earns 0."""

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


class MultipleRule(QuestionRule):
    """content {"options": [text], "scoring"}, key {"right": [index]}, answer: places, ascending."""

    type = "multiple"

    def check(self, content: Json, key: Json) -> None:
        options = check_texts(content.get("options"), "options", least=2)
        if not check_indexes(key.get("right"), len(options), "right"):
            raise RuleError("no_right", "at least one option must be right")
        rule_of(self.type, content)

    def clean(self, content: Json, value: Any) -> list[int] | None:
        if value is None:
            return None
        return sorted(check_indexes(value, len(content["options"]), "answer")) or None

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        chosen = {order[place] for place in value or []}
        right = set(key["right"])
        found = tally(right=len(chosen & right), wrong=len(chosen - right), most=len(right))
        return earned(self.type, content, found)

    def shuffled(self, content: Json) -> int:
        return len(content["options"])

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        options = in_order(content["options"], order)
        return {"options": options, "scoring": name_of(self.type, content)}
