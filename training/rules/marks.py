"""Process marks: points of activities become the score of an item.

item score = Σ points ÷ Σ full points × the item's maximum in the assessment scheme, exact.
An item is complete when each of its activities carries a standing mark; who took no part gets 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from training.rules.timetable import Activity


@dataclass(frozen=True)
class ItemTally:
    """Points so far of one item: earned of `marked_max`, out of `planned_max` in the whole plan."""

    item: str
    earned: Fraction
    marked_max: Fraction
    planned_max: Fraction
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def score(self, item_max: Fraction) -> Fraction:
        """Σ points ÷ Σ full points × item maximum, exact, over the whole plan."""
        return self.earned / self.planned_max * item_max


def tally(item: str, activities: Iterable[Activity], points: Mapping[str, Decimal]) -> ItemTally:
    """Add up one item. `points` maps activity code to the standing points.

    Raises ValueError when the plan holds no activity of this item.
    """
    planned = [activity for activity in activities if activity.item == item]
    if not planned:
        raise ValueError(f"no activity of item {item}")
    marked = [activity for activity in planned if activity.code in points]
    return ItemTally(
        item=item,
        earned=sum((Fraction(points[activity.code]) for activity in marked), Fraction(0)),
        marked_max=sum((activity.points for activity in marked), Fraction(0)),
        planned_max=sum((activity.points for activity in planned), Fraction(0)),
        missing=tuple(activity.code for activity in planned if activity.code not in points),
    )


def items_of(activities: Iterable[Activity]) -> list[str]:
    """The items of a plan, in its order, each once."""
    return list(dict.fromkeys(activity.item for activity in activities))
