"""By when the courses of a class should be studied: a pace, not a demand.

The online hours have to be there when the theory exam opens. The courses come one after the
other in the order of the catalogue, each with its share of the days from enrolment to the day
before the exam.
"""

from collections.abc import Sequence
from datetime import date, timedelta


def due_days(planned_seconds: Sequence[int], *, first: date, last: date) -> list[date]:
    """The last day for each course, by its planned seconds; the last course gets the last day.

    Days are rounded up, so no course is due before its share of the time has passed. Where there
    is no time at all (enrolled on or after the last day), everything is due on `last`.
    """
    days = max(0, (last - first).days)
    total = sum(planned_seconds)
    found, so_far = [], 0
    for seconds in planned_seconds:
        so_far += seconds
        share = -(-days * so_far // total) if total else days
        found.append(last - timedelta(days=days - share))
    return found
