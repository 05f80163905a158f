"""The strong and the weak: the upper and lower 27 % of the papers by score.

Kelley, The selection of upper and lower groups for the validation of test items (Journal of
Educational Psychology 30, 1939): with 27 % the difference of the groups is seen most surely.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from exams.rules.statistics.moments import total

OUTER_SHARE = Fraction(27, 100)


@dataclass(frozen=True)
class Group:
    """`size` papers at one end, by index: those `within`, and those tied on the boundary.

    The tied share the places that are left in equal parts, `share` of a place each.
    """

    size: int
    within: tuple[int, ...]
    tied: tuple[int, ...]
    share: Fraction

    def sum_of(self, values: Sequence[Fraction | bool]) -> Fraction:
        """The sum of the values of the group."""
        sure, tied = ([values[index] for index in part] for part in (self.within, self.tied))
        return total(sure) + self.share * total(tied)


@dataclass(frozen=True)
class Groups:
    """Two groups of exactly one size, and what is left between them.

    Ties make the figures those to be expected if lots were drawn for the places on the
    boundary, so they do not depend on the order of the papers; where one score spans both
    boundaries, its papers stand in both groups with a part of themselves, never more than one
    whole.
    """

    papers: int
    upper: Group
    lower: Group

    @property
    def size(self) -> int:
        """Papers in each outer group."""
        return self.upper.size

    def means(self, values: Sequence[Fraction | bool]) -> tuple[Fraction, ...]:
        """The mean of the values in the upper, middle and lower group; three papers or more."""
        upper, lower = self.upper.sum_of(values), self.lower.sum_of(values)
        middle = total(values) - upper - lower
        return upper / self.size, middle / (self.papers - 2 * self.size), lower / self.size


def outer_groups(ranks: Sequence[int]) -> Groups:
    """The groups of three papers or more by their ranks, the best highest; ValueError of fewer.

    27 % of the papers, rounded half up, and at least one.
    """
    if len(ranks) < 3:
        raise ValueError("three groups need three papers")
    size = max(1, floor(OUTER_SHARE * len(ranks) + Fraction(1, 2)))
    return Groups(len(ranks), _highest(ranks, size), _highest([-rank for rank in ranks], size))


def _highest(ranks: Sequence[int], size: int) -> Group:
    boundary = sorted(ranks, reverse=True)[size - 1]
    within = tuple(index for index, rank in enumerate(ranks) if rank > boundary)
    tied = tuple(index for index, rank in enumerate(ranks) if rank == boundary)
    return Group(size, within, tied, Fraction(size - len(within), len(tied)))
