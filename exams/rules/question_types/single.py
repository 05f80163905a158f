"""Single choice: one right option, all or nothing."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exams.rules.question_types.base import Json, QuestionRule, check_index, check_texts, in_order


class SingleRule(QuestionRule):
    """content {"options": [text]}, key {"right": index}, answer: place."""

    type = "single"

    def check(self, content: Json, key: Json) -> None:
        options = check_texts(content.get("options"), "options", least=2)
        check_index(key.get("right"), len(options), "right")

    def clean(self, content: Json, value: Any) -> int | None:
        return None if value is None else check_index(value, len(content["options"]), "answer")

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        return Fraction(value is not None and order[value] == key["right"])

    def shuffled(self, content: Json) -> int:
        return len(content["options"])

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        return {"options": in_order(content["options"], order)}
