"""The figures of each question.

Every figure of an item is over the papers on which it stood, and over nothing else: of drawn
papers each item has its own number of papers, its own groups and its own strong and weak. An
item that was on the paper but left empty earned 0 and counts; an item that was not drawn does
not count as anything. Papers are compared by their score 0-100, so that the scores of papers
of different length or marks can stand in one series; what a paper with harder questions costs
its candidate is not taken out of it. Where all have one paper this is the textbook's figure.

Source: Crocker & Algina, Introduction to Classical and Modern Test Theory (1986), ch. 14;
Allen & Yen, Introduction to Measurement Theory (1979), ch. 6.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from exams.rules.statistics.figures import (
    FEWEST_FOR_ANALYSIS,
    FEWEST_FOR_SPREAD,
    Figure,
    Reason,
    missing,
)
from exams.rules.statistics.groups import Groups, outer_groups
from exams.rules.statistics.moments import correlation, deviation, mean
from exams.rules.statistics.options import OptionRow, option_table
from exams.rules.statistics.papers import ChoiceKey, ItemAnswer, SatPaper


@dataclass(frozen=True)
class ItemStatistics:
    """One question.

    `papers` it stood on; `facility` (p) the mean fraction earned, 0-1, high is easy;
    `deviation` of that fraction; `upper` and `lower` the mean fraction of the two groups of
    `group_size` papers each; `discrimination` (D) upper minus lower, -1 to 1;
    `rest_correlation` Pearson's r of the fraction with the score on the rest of the paper,
    which leaves the item itself out (corrected; of right-or-wrong items the point-biserial);
    `options` empty for questions without options.
    """

    item: int
    papers: int
    facility: Fraction
    deviation: Figure[float]
    group_size: int
    upper: Figure[Fraction]
    lower: Figure[Fraction]
    discrimination: Figure[Fraction]
    rest_correlation: Figure[float]
    options: tuple[OptionRow, ...]


class Row(NamedTuple):
    """An item on a paper; `rank` orders the papers by score."""

    paper: SatPaper
    rank: int
    answer: ItemAnswer


def item_statistics(
    papers: Iterable[SatPaper], keys: Mapping[int, ChoiceKey]
) -> dict[int, ItemStatistics]:
    """Every item that stands on a paper, by its number, in ascending order.

    `keys` names the choice questions; ValueError when an answer chose what is not there.
    """
    rows: dict[int, list[Row]] = {}
    for paper, rank in _ranked(list(papers)):
        for answer in paper.answers:
            rows.setdefault(answer.item, []).append(Row(paper, rank, answer))
    return {item: _item(item, rows[item], keys.get(item)) for item in sorted(rows)}


def _ranked(papers: Sequence[SatPaper]) -> Iterator[tuple[SatPaper, int]]:
    """Whole numbers in the order of the scores: they are compared once for all items."""
    ranks = {score: rank for rank, score in enumerate(sorted({p.score for p in papers}))}
    return ((paper, ranks[paper.score]) for paper in papers)


def _item(item: int, rows: Sequence[Row], key: ChoiceKey | None) -> ItemStatistics:
    fractions = [row.answer.fraction for row in rows]
    rests = [row.paper.rest_score(row.answer) for row in rows]
    groups = _groups([row.rank for row in rows])
    choices = [row.answer.chosen for row in rows]
    upper, lower, discrimination = _outer(fractions, groups)
    return ItemStatistics(
        item=item,
        papers=len(rows),
        facility=mean(fractions),
        deviation=_deviation(fractions),
        group_size=groups.size if groups else 0,
        upper=upper,
        lower=lower,
        discrimination=discrimination,
        rest_correlation=_rest_correlation(fractions, rests),
        options=option_table(key, choices, rests, groups) if key else (),
    )


def _groups(ranks: Sequence[int]) -> Groups | None:
    return outer_groups(ranks) if len(ranks) >= FEWEST_FOR_ANALYSIS else None


def _outer(fractions: Sequence[Fraction], groups: Groups | None) -> tuple[Figure[Fraction], ...]:
    if groups is None:
        return (missing(Reason.TOO_FEW),) * 3
    upper, _middle, lower = groups.means(fractions)
    return Figure(upper), Figure(lower), Figure(upper - lower)


def _deviation(fractions: Sequence[Fraction]) -> Figure[float]:
    if len(fractions) < FEWEST_FOR_SPREAD:
        return missing(Reason.TOO_FEW)
    return Figure(deviation(fractions))


def _rest_correlation(
    fractions: Sequence[Fraction], rests: Sequence[Fraction | None]
) -> Figure[float]:
    pairs = [(f, rest) for f, rest in zip(fractions, rests, strict=True) if rest is not None]
    if not pairs:
        return missing(Reason.NO_REST)
    if len(pairs) < FEWEST_FOR_ANALYSIS:
        return missing(Reason.TOO_FEW)
    found = correlation([f for f, _ in pairs], [rest for _, rest in pairs])
    return missing(Reason.NO_SPREAD) if found is None else Figure(found)
