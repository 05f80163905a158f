from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.plan import due_days

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 11)


@pytest.mark.parametrize(
    ("planned", "days"),
    [
        ([100], [11]),
        ([100, 100], [6, 11]),
        ([100, 200, 100], [4, 9, 11]),  # 2.5 days are rounded up to 3, 7.5 to 8
        ([0, 100], [1, 11]),
        ([0, 0], [11, 11]),
        ([], []),
    ],
)
def test_each_course_gets_its_share_of_the_days(planned, days):
    assert due_days(planned, first=FIRST, last=LAST) == [date(2026, 3, day) for day in days]


@pytest.mark.parametrize("late", [0, 3])
def test_without_time_everything_is_due_on_the_last_day(late):
    first = LAST + timedelta(days=late)

    assert due_days([100, 100], first=first, last=LAST) == [LAST, LAST]


@pytest.mark.law
@given(st.lists(st.integers(1, 30_000), min_size=1, max_size=9), st.integers(0, 200))
def test_days_never_go_back_and_end_on_the_last(planned, days):
    found = due_days(planned, first=LAST - timedelta(days=days), last=LAST)

    assert found == sorted(found)
    assert found[-1] == LAST
    assert found[0] >= LAST - timedelta(days=days)
