"""How the scores of a sitting are spread: bars of five points, middle and spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exams.rules.statistics.figures import FEWEST_FOR_SPREAD, Figure, Reason, missing
from exams.rules.statistics.moments import deviation, mean, quantile

STEP = 5
FULL = 100


@dataclass(frozen=True)
class Bar:
    """Papers with `low` ≤ score < `high`; the last bar also holds the full score."""

    low: int
    high: int
    count: int


@dataclass(frozen=True)
class Distribution:
    """All scores on the 0-100 scale and exact, so 59.995 stands in the bar below 60.

    `deviation` is that of a sample (n - 1); `lower` and `upper` are the quartiles.
    """

    papers: int
    bars: tuple[Bar, ...]
    mean: Figure[Fraction]
    deviation: Figure[float]
    least: Figure[Fraction]
    lower: Figure[Fraction]
    median: Figure[Fraction]
    upper: Figure[Fraction]
    most: Figure[Fraction]


def score_distribution(scores: Sequence[Fraction]) -> Distribution:
    """The distribution of any number of scores. ValueError for a score outside 0-100."""
    if any(not 0 <= score <= FULL for score in scores):
        raise ValueError("a score lies outside 0-100")
    spread: Figure[float] = missing(Reason.TOO_FEW)
    if len(scores) >= FEWEST_FOR_SPREAD:
        spread = Figure(deviation(scores))
    least, lower, median, upper, most = (_quartile(scores, number) for number in range(5))
    return Distribution(
        papers=len(scores),
        bars=_bars(scores),
        mean=Figure(mean(scores)) if scores else missing(Reason.TOO_FEW),
        deviation=spread,
        least=least, lower=lower, median=median, upper=upper, most=most,
    )  # fmt: skip


def _quartile(scores: Sequence[Fraction], number: int) -> Figure[Fraction]:
    if not scores:
        return missing(Reason.TOO_FEW)
    return Figure(quantile(scores, Fraction(number, 4)))


def _bars(scores: Sequence[Fraction]) -> tuple[Bar, ...]:
    counts = [0] * (FULL // STEP)
    for score in scores:
        counts[min(int(score / STEP), len(counts) - 1)] += 1
    return tuple(Bar(place * STEP, (place + 1) * STEP, count) for place, count in enumerate(counts))
