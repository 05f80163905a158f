"""The five figures that HR answers for (R004), as exact fractions of counted people.

Definitions (decision D-03): coverage = enrolled ÷ required (应训名单, the operation posts);
completion = finished ÷ enrolled; pass rate = passed ÷ those who took the exams;
satisfaction = satisfied ÷ valid surveys; transfer = applied ÷ followed-up. An empty
denominator is "no data", never 0 % or 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Kpi(StrEnum):
    COVERAGE = "coverage"
    COMPLETION = "completion"
    SATISFACTION = "satisfaction"
    PASS_RATE = "pass_rate"  # noqa: S105 -- a rate, not a password
    TRANSFER = "transfer"


TARGETS: Mapping[Kpi, Fraction] = {
    Kpi.COVERAGE: Fraction(1),
    Kpi.COMPLETION: Fraction(95, 100),
    Kpi.SATISFACTION: Fraction(90, 100),
    Kpi.PASS_RATE: Fraction(92, 100),
    Kpi.TRANSFER: Fraction(85, 100),
}


@dataclass(frozen=True)
class Figure:
    """One indicator: people counted above and below the line, against its target."""

    kpi: Kpi
    numerator: int
    denominator: int
    target: Fraction

    @property
    def share(self) -> Fraction | None:
        """The exact share; None where nothing is known."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def is_met(self) -> bool | None:
        """Judged on the exact share, not on what is printed; None where nothing is known."""
        return None if self.share is None else self.share >= self.target

    @property
    def margin(self) -> int | None:
        """People more than needed (negative: people missing) to stand on the target."""
        if self.share is None:
            return None
        needed = -(-self.target * self.denominator // 1)
        return self.numerator - int(needed)


def figure(kpi: Kpi, numerator: int, denominator: int) -> Figure:
    """A figure against the target of the founding handbook."""
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{kpi}: {numerator} of {denominator}")
    return Figure(kpi, numerator, denominator, TARGETS[kpi])
