"""What statistics are made of: marked papers and the keys of their choice questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from exams.rules.statistics.moments import total


@dataclass(frozen=True)
class ItemAnswer:
    """One marked item of a paper.

    `item` is the question version; `fraction` what was earned, 0-1; `max_mark` its marks.
    `chosen` are the options by their number in the bank, not their place on this paper; empty
    for an omitted answer and for a question without options.
    """

    item: int
    fraction: Fraction
    max_mark: Fraction
    chosen: frozenset[int] = frozenset()

    @cached_property
    def mark(self) -> Fraction:
        """Marks earned."""
        return self.fraction * self.max_mark


@dataclass(frozen=True)
class SatPaper:
    """One attempt with every item marked, in the order of the paper.

    ValueError when it is empty, names an item twice, or holds a mark that cannot be: statistics
    of such a paper would be wrong without a sign of it.
    """

    candidate: int
    answers: tuple[ItemAnswer, ...]

    def __post_init__(self) -> None:
        if not self.answers:
            raise ValueError("a paper without items")
        if len({answer.item for answer in self.answers}) != len(self.answers):
            raise ValueError("an item stands twice on a paper")
        for answer in self.answers:
            if not 0 <= answer.fraction <= 1 or answer.max_mark <= 0:
                raise ValueError(f"item {answer.item} has a mark that cannot be")

    @cached_property
    def earned(self) -> Fraction:
        """Marks earned on the whole paper."""
        return total([answer.mark for answer in self.answers])

    @cached_property
    def most(self) -> Fraction:
        """Marks to be had on the whole paper."""
        return total([answer.max_mark for answer in self.answers])

    @cached_property
    def score(self) -> Fraction:
        """The theory score 0-100, so that papers of different length can be compared."""
        return 100 * self.earned / self.most

    def rest_score(self, answer: ItemAnswer) -> Fraction | None:
        """The score 0-100 on everything but this item; None when there is nothing else."""
        rest = self.most - answer.max_mark
        return 100 * (self.earned - answer.mark) / rest if rest else None


@dataclass(frozen=True)
class ChoiceKey:
    """How many options a choice question has in the bank, and which are right."""

    options: int
    right: frozenset[int]


def item_answer(
    item: int,
    fraction: Fraction | Decimal,
    max_mark: Fraction | Decimal,
    chosen: Iterable[int] = (),
) -> ItemAnswer:
    """An answer from values as they are stored; decimals become exact fractions."""
    return ItemAnswer(item, Fraction(fraction), Fraction(max_mark), frozenset(chosen))


def first_papers(papers: Iterable[SatPaper]) -> list[SatPaper]:
    """The first paper of each candidate in the order given.

    Item analysis supposes that papers are independent; who sits again has learnt from the
    first. Source: Moodle, Quiz statistics calculations, "Quizzes that allow multiple attempts".
    """
    seen: dict[int, SatPaper] = {}
    for paper in papers:
        seen.setdefault(paper.candidate, paper)
    return list(seen.values())
