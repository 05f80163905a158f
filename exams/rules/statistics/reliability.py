"""How far the scores of one sitting can be trusted: KR-20, Cronbach's α, standard error.

Sources: Kuder & Richardson, The theory of the estimation of test reliability (1937), formula 20;
Cronbach, Coefficient alpha and the internal structure of tests (1951); Crocker & Algina,
Introduction to Classical and Modern Test Theory (1986), ch. 7; for papers whose places hold
different questions, Moodle, Quiz statistics calculations (a place is an item).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from exams.rules.statistics.figures import FEWEST_FOR_ANALYSIS, Figure, Reason, missing
from exams.rules.statistics.moments import deviation, total, variance
from exams.rules.statistics.papers import ItemAnswer, SatPaper


class Over(StrEnum):
    """What the parts of α are: the same questions for all, or the same places of drawn papers."""

    ITEMS = "items"
    PLACES = "places"


@dataclass(frozen=True)
class Reliability:
    """`kr20` and `alpha` reach 1 at best, and may be negative; `error` is in points of 100.

    - `kr20` only where all had the same questions and each was right or wrong; of numbers right.
    - `alpha`, of marks. All had the same questions at the same marks: over the questions.
      Drawn papers have no figure of that kind, and nothing is put in the place of what was not
      drawn. But when the same marks stand at the same places of every paper, as a blueprint
      makes them, it is over the places: what one draw is harder than another then lowers α, as
      it should, since the draw is part of what makes the score uncertain. Otherwise none.
    - `error`: deviation of the scores × √(1 - α). None where α is negative, when the formula
      would give an error larger than the whole spread.
    """

    papers: int
    kr20: Figure[Fraction]
    alpha: Figure[Fraction]
    over: Over | None
    error: Figure[float]


def reliability(papers: Sequence[SatPaper]) -> Reliability:
    """The reliability of the scores of these papers, one of each person."""
    if len(papers) < FEWEST_FOR_ANALYSIS:
        return _none(len(papers), Reason.TOO_FEW)
    over = _over(papers)
    alpha: Figure[Fraction] = missing(Reason.DIFFERENT_PAPERS)
    if over is not None:
        alpha = cronbach_alpha([[a.mark for a in row] for row in _aligned(papers, over)])
    return Reliability(len(papers), _kr20(papers), alpha, over, _error(papers, alpha))


def cronbach_alpha(rows: Sequence[Sequence[Fraction]]) -> Figure[Fraction]:
    """α of a table, a row for each of two persons or more and a column for each part."""
    columns = list(zip(*rows, strict=True))
    if len(columns) < 2:
        return missing(Reason.ONE_ITEM)
    whole = variance([total(row) for row in rows])
    if whole == 0:
        return missing(Reason.NO_SPREAD)
    parts = total([variance(column) for column in columns])
    return Figure(Fraction(len(columns), len(columns) - 1) * (1 - parts / whole))


def _none(papers: int, reason: Reason) -> Reliability:
    return Reliability(papers, missing(reason), missing(reason), None, missing(reason))


def _same_items(papers: Sequence[SatPaper]) -> bool:
    return len({frozenset(a.item for a in paper.answers) for paper in papers}) == 1


def _over(papers: Sequence[SatPaper]) -> Over | None:
    if len({frozenset((a.item, a.max_mark) for a in paper.answers) for paper in papers}) == 1:
        return Over.ITEMS
    if len({tuple(a.max_mark for a in paper.answers) for paper in papers}) == 1:
        return Over.PLACES
    return None


def _aligned(papers: Sequence[SatPaper], over: Over) -> list[list[ItemAnswer]]:
    """The answers of each paper in one order for all."""
    if over is Over.PLACES:
        return [list(paper.answers) for paper in papers]
    return [sorted(paper.answers, key=lambda answer: answer.item) for paper in papers]


def _kr20(papers: Sequence[SatPaper]) -> Figure[Fraction]:
    """KR-20 is α of zeros and ones: p(1 - p) is their variance."""
    if not _same_items(papers):
        return missing(Reason.DIFFERENT_PAPERS)
    if any(answer.fraction not in (0, 1) for paper in papers for answer in paper.answers):
        return missing(Reason.NOT_DICHOTOMOUS)
    return cronbach_alpha([[a.fraction for a in row] for row in _aligned(papers, Over.ITEMS)])


def _error(papers: Sequence[SatPaper], alpha: Figure[Fraction]) -> Figure[float]:
    if alpha.value is None:
        return missing(Reason.NO_RELIABILITY)
    if alpha.value < 0:
        return missing(Reason.NEGATIVE_RELIABILITY)
    return Figure(deviation([paper.score for paper in papers]) * sqrt(1 - alpha.value))
