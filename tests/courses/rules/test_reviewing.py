from datetime import date, timedelta

import pytest

from courses.rules.reviewing import may_be_next, review_due_on

DAY = date(2026, 3, 13)


@pytest.mark.parametrize(
    ("next_on", "due"), [(None, date(2026, 6, 11)), (date(2026, 4, 1), date(2026, 4, 1))]
)
def test_the_last_review_sets_the_day_else_ninety_days(next_on, due):
    assert review_due_on(published_on=DAY, next_on=next_on) == due


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (366, True), (367, False)])
def test_the_next_day_lies_within_a_year(days, allowed):
    assert may_be_next(next_on=DAY + timedelta(days=days), today=DAY) is allowed
