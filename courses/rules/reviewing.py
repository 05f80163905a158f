"""When a published lesson is to be gone through again. Words: docs/rules.md, 课时复核."""

from datetime import date, timedelta

# Law, platform rules and fees change; the handbook renews its content once a quarter.
REVIEW_DAYS = 90
LONGEST_REVIEW_DAYS = 366


def review_due_on(*, published_on: date, next_on: date | None) -> date:
    """The day of the next review: what the last one set, or 90 days after publishing."""
    return next_on or published_on + timedelta(days=REVIEW_DAYS)


def may_be_next(*, next_on: date, today: date) -> bool:
    """Whether a day can be set for the next review: after today, within a year."""
    return today < next_on <= today + timedelta(days=LONGEST_REVIEW_DAYS)
