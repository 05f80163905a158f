"""Reads of a drawn paper and its answers. Nothing here reads a key."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from exams.choices import SCORING_HINTS, QuestionType
from exams.models import Response
from exams.rules.papers import PREVIEW, item_content
from exams.rules.question_types import RULES
from exams.rules.question_types.case import split_case
from exams.rules.question_types.cloze import split_gaps

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class ShownQuestion:
    """One question as its candidate may see it, with the answer saved so far."""

    position: int
    type: str
    mark: Decimal
    stem: str
    shown: dict[str, Any]
    value: Any = None
    seq: int = 0

    @property
    def type_name(self) -> str:
        return str(QuestionType(self.type).label)

    @property
    def answered(self) -> bool:
        return RULES[self.type].is_answered(self.value)

    @property
    def template(self) -> str:
        return f"exams/question_types/{self.type}.html"

    @property
    def case(self) -> tuple[str, list[str]]:
        """Material and numbered questions."""
        return split_case(self.stem)

    @property
    def hint(self) -> str:
        """How the answer is scored, where a candidate must know it."""
        return str(SCORING_HINTS.get((self.type, self.shown.get("scoring", "")), ""))

    @property
    def gaps(self) -> list[tuple[str, int, dict[str, Any], Any]]:
        """(text, number of the gap behind it, what it shows, its answer); number 0 at the end."""
        shown = self.shown["gaps"]
        values = self.value or [None] * len(shown)
        return [
            (text, number, shown[number - 1], values[number - 1]) if number else (text, 0, {}, None)
            for text, number in split_gaps(self.stem)
        ]

    @property
    def choices(self) -> list[tuple[int, str, str, bool]]:
        """(place, letter, text, chosen) of every option."""
        chosen = self.value if isinstance(self.value, list) else [self.value]
        return [
            (place, LETTERS[place], text, place in chosen)
            for place, text in enumerate(self.shown["options"])
        ]

    @property
    def ordered(self) -> list[tuple[int, str]]:
        """(place, text) in the order of the answer, or as the paper shows them."""
        places = self.value or range(len(self.shown["options"]))
        return [(place, self.shown["options"][place]) for place in places]

    @property
    def pairs(self) -> list[tuple[str, int | None]]:
        """(left, chosen place) of every entry on the left."""
        left = self.shown["left"]
        return list(zip(left, self.value or [None] * len(left), strict=True))

    @property
    def blanks(self) -> list[str]:
        """What stands in every blank."""
        return self.value or [""] * self.shown["blanks"]


@dataclass(frozen=True)
class PaperPart:
    """Neighbouring questions of one type."""

    number: int
    questions: list[ShownQuestion]

    @property
    def type_name(self) -> str:
        return self.questions[0].type_name

    @property
    def first(self) -> int:
        return self.questions[0].position

    @property
    def last(self) -> int:
        return self.questions[-1].position


def shown_question(version: Any, *, order: list[int] | None = None) -> ShownQuestion:
    """A question outside a paper, for the author's preview: options as in the bank."""
    rule = RULES[version.type]
    content = item_content(version.type, version.content, paper_seed=PREVIEW, position=1)
    order = list(range(rule.shuffled(content))) if order is None else order
    stem, shown = rule.worded(version.stem, content), rule.shown(content, order)
    return ShownQuestion(1, version.type, version.mark, stem, shown)


def candidate_paper(attempt: Any) -> list[PaperPart]:
    """The whole paper of an attempt as its candidate may see it. Two queries."""
    answers = latest_responses(attempt.pk)
    questions = _questions(attempt, answers)
    groups = groupby(questions, key=lambda question: question.type)
    return [PaperPart(number, list(part)) for number, (_, part) in enumerate(groups, 1)]


def _questions(attempt: Any, answers: dict[int, tuple[int, Any]]) -> Iterator[ShownQuestion]:
    rows = attempt.items.order_by("position").values_list(
        "position", "max_mark", "option_order", "version__type", "version__stem", "version__content"
    )
    for position, mark, order, type_, stem, content in rows:
        seq, value = answers.get(position, (0, None))
        content = item_content(type_, content, paper_seed=attempt.seed, position=position)
        stem, shown = RULES[type_].worded(stem, content), RULES[type_].shown(content, order)
        yield ShownQuestion(position, type_, mark, stem, shown, value, seq)


def latest_values(attempt_id: int) -> dict[int, Any]:
    """position → the answer that counts (the one with the highest seq)."""
    return {position: value for position, (_, value) in latest_responses(attempt_id).items()}


def latest_responses(attempt_id: int) -> dict[int, tuple[int, Any]]:
    """position → (highest seq, its value). One query; later rows of a position win."""
    rows = Response.objects.filter(attempt_id=attempt_id).order_by("position", "seq")
    return {
        position: (seq, value)
        for position, seq, value in rows.values_list("position", "seq", "value")
    }
