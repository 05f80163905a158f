"""A figure or the reason why there is none, and from how many papers on each is given."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

# A standard deviation divides by n - 1.
FEWEST_FOR_SPREAD = 2

# Correlations, groups and reliability: of ten papers each outer group holds three. Decided;
# textbooks want five to ten persons an item (Nunnally, Psychometric Theory, 1967), which a
# class never has, so the number of papers always stands beside the figure.
FEWEST_FOR_ANALYSIS = 10

# From here on a figure may accuse a question; below it is chance as often as not. Decided.
FEWEST_FOR_VERDICT = 30


class Reason(StrEnum):
    """Why a figure is not given; for machines, words belong to whoever shows it."""

    TOO_FEW = "too_few_papers"
    NO_SPREAD = "no_spread"
    ONE_ITEM = "one_item"
    NO_REST = "no_other_item"
    NOBODY = "nobody_chose_it"
    DIFFERENT_PAPERS = "different_papers"
    NOT_DICHOTOMOUS = "not_dichotomous"
    NEGATIVE_RELIABILITY = "negative_reliability"
    NO_RELIABILITY = "no_reliability"


@dataclass(frozen=True)
class Figure(Generic[T]):
    """A value, or None with the reason. Zero is a value."""

    value: T | None
    reason: Reason | None = None


def missing(reason: Reason) -> Figure[T]:
    """No value, for this reason."""
    return Figure(None, reason)
