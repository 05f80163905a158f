"""By when the courses of a class should be studied: a pace, not a demand.

The online hours have to be there when the theory exam opens. The pace asks for the required hours
and for nothing beyond them: what is unfinished, course after course in the order of the catalogue,
until together with what has been earned anywhere the hours are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from learning.rules.crediting import DAILY_CAP_SECONDS


@dataclass(frozen=True)
class Stage:
    """What the pace asks of one course: seconds still to study, and the last day for them."""

    seconds: int
    due_on: date


def pace(
    left_seconds: Sequence[int], *, earned: int, required: int, first: date, last: date
) -> list[Stage | None]:
    """The stage of each course by the seconds left in it; None where the pace asks for nothing.

    Hours earned stand for the share of the days from `first` to `last` that they are of the
    required hours, so who is on time is never late. Days are rounded up, and no day is asked for
    more than one day can credit, even if that leads beyond `last`.
    """
    days = max(0, (last - first).days)
    total = min(required, earned + sum(left_seconds))
    found: list[Stage | None] = []
    so_far = earned
    for left in left_seconds:
        asked = max(0, min(left, total - so_far))
        so_far += asked
        needed = max(-(-days * so_far // total), -(-so_far // DAILY_CAP_SECONDS)) if asked else 0
        found.append(Stage(asked, first + timedelta(days=needed)) if asked else None)
    return found
