"""Short answer: marked by hand, key point by key point."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.question_types.base import Json, QuestionRule, check_number, check_text

MAX_TEXT = 20_000


class ShortRule(QuestionRule):
    """content {}, key {"points": [{"point", "keywords", "mark"}]}, answer: text."""

    type = "short"
    hand_marked = True

    def check(self, content: Json, key: Json) -> None:
        points = key.get("points")
        if not isinstance(points, list) or not points:
            raise RuleError("points", "at least one key point is needed")
        for number, point in enumerate(points, 1):
            if not isinstance(point, dict) or not str(point.get("point") or "").strip():
                raise RuleError("points", "key point %(number)s has no text", number=number)
            if _mark(point) <= 0:
                raise RuleError(
                    "points", "key point %(number)s needs a mark above 0", number=number
                )

    def clean(self, content: Json, value: Any) -> str | None:
        text = None if value is None else check_text(value, "answer", most=MAX_TEXT)
        return text if text and text.strip() else None

    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        """Only an empty answer can be scored without a person."""
        if value is not None:
            raise RuleError("hand_marked", "this type is marked by hand")
        return Fraction(0)


def _mark(point: Json) -> Decimal:
    try:
        return check_number(point.get("mark"), "mark")
    except RuleError:
        return Decimal(-1)


def fraction_from_points(key: Json, given: Sequence[Decimal]) -> Fraction:
    """Points given ÷ points to be had. Raises RuleError when a point gets more than it has."""
    most = [Fraction(point["mark"]) for point in key["points"]]
    if len(given) != len(most):
        raise RuleError("points", "%(count)s key points need a mark each", count=len(most))
    for number, (got, may) in enumerate(zip(given, most, strict=True), 1):
        if not got.is_finite() or not 0 <= Fraction(got) <= may:
            raise RuleError(
                "points",
                "key point %(number)s takes 0 to %(most)s, not %(given)s",
                number=number,
                most=may,
                given=got,
            )
    return sum((Fraction(got) for got in given), Fraction(0)) / sum(most)
