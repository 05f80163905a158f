"""Post competency (handbook 7.1.2): five weighted dimensions, sub-item points normalised.

The handbook's sub-item points sum to 145, not 100. The weights of the dimensions bind, the
sub-item points are relative maxima: `Σraw / Σmax × weight`, summed exactly, rounded once
where printed. Dividing the raw sum by 145 would move the weights to 41.38 / 20.69 / 20.69 /
10.34 / 6.90 % and is refused: a scheme only says weights and maxima, never one grand maximum.
This result is never added to the 40/40/20 of a training course.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


class CompetencyError(ValueError):
    """A scheme or raw points that cannot be scored; the message names the place."""


@dataclass(frozen=True)
class Dimension:
    """A dimension with its binding weight (percent) and sub-items (stated points each)."""

    code: str
    weight: Fraction
    items: dict[str, Fraction]

    @property
    def stated(self) -> Fraction:
        """The points the handbook states for the sub-items together."""
        return sum(self.items.values(), Fraction(0))

    def effective(self, item: str) -> Fraction:
        """What a sub-item is really worth out of 100."""
        return self.items[item] / self.stated * self.weight


def _dimension(code: str, weight: int, **items: int) -> Dimension:
    return Dimension(code, Fraction(weight), {key: Fraction(top) for key, top in items.items()})


HANDBOOK = (
    _dimension("platform", 30, structure=20, traffic=20, segments=10, content=10),
    _dimension("data", 25, reading=15, use=10, visualisation=5),
    _dimension("marketing", 20, advertising=10, campaigns=10, channels=10),
    _dimension("supply", 15, supply_chain=10, efficiency=5),
    _dimension("innovation", 10, strategy=5, improvement=5),
)


def check_scheme(scheme: tuple[Dimension, ...]) -> None:
    """CompetencyError unless the weights sum to 100 and every dimension can be divided by."""
    if sum((dimension.weight for dimension in scheme), Fraction(0)) != 100:
        raise CompetencyError("the weights of the dimensions must sum to 100")
    for dimension in scheme:
        if not dimension.items or any(top <= 0 for top in dimension.items.values()):
            raise CompetencyError(f"{dimension.code}: every sub-item needs points")


def dimension_scores(
    scheme: tuple[Dimension, ...], raw: Mapping[str, Mapping[str, Fraction]]
) -> dict[str, Fraction]:
    """Points out of the weight, per dimension. CompetencyError names a bad or missing item."""
    check_scheme(scheme)
    return {dimension.code: _score(dimension, raw.get(dimension.code, {})) for dimension in scheme}


def _score(dimension: Dimension, raw: Mapping[str, Fraction]) -> Fraction:
    if set(raw) != set(dimension.items):
        raise CompetencyError(f"{dimension.code}: every sub-item must be given, and no other")
    for item, top in dimension.items.items():
        if not 0 <= raw[item] <= top:
            raise CompetencyError(f"{dimension.code}.{item}: must lie between 0 and {top}")
    return sum(raw.values(), Fraction(0)) / dimension.stated * dimension.weight


def competency_score(
    scheme: tuple[Dimension, ...], raw: Mapping[str, Mapping[str, Fraction]]
) -> Fraction:
    """The post competency 0–100, exact."""
    return sum(dimension_scores(scheme, raw).values(), Fraction(0))
