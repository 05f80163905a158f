"""Cloze: a text with gaps, each a choice, a fill-in or a number with its own weight.

The text is the stem, a gap stands in it as [[1]], [[2]] … by its place in the list.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.numbers import read_decimal
from exams.rules.question_types.base import Json, QuestionRule
from exams.rules.question_types.fill import FillRule
from exams.rules.question_types.numeric import NumericRule
from exams.rules.question_types.single import SingleRule
from exams.rules.scoring_rules import Tally, earned, name_of, rule_of

MOST_GAPS = 20
MOST_WEIGHT = 100
_GAP = re.compile(r"\[\[([0-9]{1,2})\]\]")


class OneBlankRule(FillRule):
    """A single blank: content {}, key {"accepted": [text]}, answer: text."""

    def check(self, content: Json, key: Json) -> None:
        super().check({"blanks": 1}, {"accepted": [key.get("accepted")]})

    def clean(self, content: Json, value: Any) -> Any:
        texts = None if value is None else super().clean({"blanks": 1}, [value])
        return texts and texts[0]

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        texts = None if value is None else [value]
        return super().fraction({}, {"accepted": [key["accepted"]]}, texts, order)

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        return {}


KINDS: dict[str, QuestionRule] = {
    "choice": SingleRule(), "fill": OneBlankRule(), "numeric": NumericRule(),
}  # fmt: skip


class ClozeRule(QuestionRule):
    """An answer has a place, a text or null for every gap.

    content {"gaps": [{"kind", "weight", …}], "scoring"}, key {"answers": [{…}]}: a choice has
    "options" and "right", a fill "accepted", a number "unit", "value" and "tolerance".
    """

    type = "cloze"

    def check(self, content: Json, key: Json) -> None:
        gaps, answers = content.get("gaps"), key.get("answers")
        if not isinstance(gaps, list) or not 1 <= len(gaps) <= MOST_GAPS:
            raise RuleError("gaps", "a cloze has 1 to %(most)s gaps", most=MOST_GAPS)
        if not isinstance(answers, list) or len(answers) != len(gaps):
            raise RuleError("gaps", "every gap needs its answer")
        for number, (gap, answer) in enumerate(zip(gaps, answers, strict=True), 1):
            if not isinstance(gap, dict) or not isinstance(answer, dict):
                raise RuleError("gaps", "gap %(number)s cannot be read", number=number)
            _check_gap(number, gap)
            KINDS[gap["kind"]].check(gap, answer)
        rule_of(self.type, content)

    def check_stem(self, stem: str, content: Json) -> None:
        named = sorted(int(number) for number in _GAP.findall(stem))
        if named != list(range(1, len(content["gaps"]) + 1)):
            raise RuleError(
                "stem", "each gap stands in the stem once, as [[1]] to [[%(count)s]]",
                count=len(content["gaps"]),
            )  # fmt: skip

    def clean(self, content: Json, value: Any) -> list[Any] | None:
        if value is None:
            return None
        gaps = content["gaps"]
        if not isinstance(value, list) or len(value) != len(gaps):
            raise RuleError(
                "gaps", "answer must be a list of %(count)s places, texts or nulls",
                count=len(gaps),
            )  # fmt: skip
        found = [KINDS[gap["kind"]].clean(gap, v) for gap, v in zip(gaps, value, strict=True)]
        return found if any(v is not None for v in found) else None

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        right = wrong = most = Fraction(0)
        values = value or [None] * len(content["gaps"])
        parts = zip(_ordered(content, order), key["answers"], values, strict=True)
        for (gap, own_order), answer, given in parts:
            weight = Fraction(gap["weight"])
            is_right = KINDS[gap["kind"]].fraction(gap, answer, given, own_order)
            most += weight
            right += weight * is_right
            wrong += weight * (given is not None) * (1 - is_right)
        return earned(self.type, content, Tally(right, wrong, most))

    def shuffled(self, content: Json) -> int:
        return sum(_options(gap) for gap in content["gaps"])

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        gaps = [
            {"kind": gap["kind"], **KINDS[gap["kind"]].shown(gap, own_order)}
            for gap, own_order in _ordered(content, order)
        ]
        return {"gaps": gaps, "scoring": name_of(self.type, content)}


def _check_gap(number: int, gap: Json) -> None:
    weight = read_decimal(gap.get("weight"), most=MOST_WEIGHT)
    if gap.get("kind") not in (*KINDS,):
        raise RuleError("gaps", "gap %(number)s is neither choice, fill nor numeric", number=number)
    if weight is None or weight <= 0 or weight != round(weight, 2):
        raise RuleError(
            "gaps", "gap %(number)s needs a weight above 0, such as 1 or 0.5", number=number
        )


def _options(gap: Json) -> int:
    return len(gap["options"]) if gap["kind"] == "choice" else 0


def _ordered(content: Json, order: Sequence[int]) -> Iterator[tuple[Json, list[int]]]:
    """Every gap with the order of its own options: its part of the one order of them all."""
    first = 0
    for gap in content["gaps"]:
        after = first + _options(gap)
        yield gap, [index - first for index in order if first <= index < after]
        first = after


def split_gaps(stem: str) -> list[tuple[str, int]]:
    """The text before each gap with the number of the gap; the text after the last with 0."""
    parts = _GAP.split(stem)
    numbers = [int(number) for number in parts[1::2]]
    return list(zip(parts[::2], [*numbers, 0], strict=True))
