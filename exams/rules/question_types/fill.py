"""Fill in: each blank has several accepted answers; by default blanks right ÷ blanks."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.numbers import fold_answer
from exams.rules.question_types.base import Json, QuestionRule, check_text
from exams.rules.scoring_rules import earned, name_of, rule_of, tally


def normal(text: str) -> str:
    """Width, letter case and spaces do not make an answer wrong."""
    return "".join(fold_answer(text).casefold().split())


class FillRule(QuestionRule):
    """content {"blanks": n, "scoring"}, key {"accepted": [[text]]}, answer: one text per blank."""

    type = "fill"

    def check(self, content: Json, key: Json) -> None:
        blanks, accepted = content.get("blanks"), key.get("accepted")
        if not isinstance(accepted, list) or not accepted or blanks != len(accepted):
            raise RuleError("blanks", "accepted needs one list of answers for each blank")
        for number, texts in enumerate(accepted, 1):
            if not isinstance(texts, list) or not texts:
                raise RuleError("accepted", "blank %(number)s has no answer", number=number)
            for text in texts:
                if not normal(check_text(text, "answer", most=200)):
                    raise RuleError("accepted", "blank %(number)s has no answer", number=number)
        rule_of(self.type, content)

    def clean(self, content: Json, value: Any) -> list[str] | None:
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != content["blanks"]:
            raise RuleError(
                "blanks", "answer must be a list of %(count)s texts", count=content["blanks"]
            )
        texts = [check_text(text, "answer", most=200) for text in value]
        return texts if any(text.strip() for text in texts) else None

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        if value is None:
            return Fraction(0)
        right = sum(
            normal(text) in {normal(a) for a in accepted}
            for text, accepted in zip(value, key["accepted"], strict=True)
        )
        written = sum(bool(normal(text)) for text in value)
        found = tally(right=right, wrong=written - right, most=len(key["accepted"]))
        return earned(self.type, content, found)

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        return {"blanks": content["blanks"], "scoring": name_of(self.type, content)}
