"""Whose word counts on whether training reached the job, and when it is asked."""

from calendar import monthrange
from datetime import date

FOLLOW_UP_MONTHS = 3


def follow_up_on(finished_on: date, months: int = FOLLOW_UP_MONTHS) -> date:
    """The day three months later; the end of the month where that day does not exist."""
    month0 = finished_on.month - 1 + months
    year, month = finished_on.year + month0 // 12, month0 % 12 + 1
    return date(year, month, min(finished_on.day, monthrange(year, month)[1]))


def applied(*, own: bool | None, supervisor: bool | None, has_supervisor: bool) -> bool | None:
    """The supervisor's word where there is a supervisor, else one's own; None while unknown."""
    return supervisor if has_supervisor else own
