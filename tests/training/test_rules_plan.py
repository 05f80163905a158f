from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.crediting import DAILY_CAP_SECONDS
from training.rules.plan import Stage, pace

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 11)
HOUR = 2700


def stages(left, *, earned=0, required=400, first=FIRST, last=LAST):
    found = pace(left, earned=earned, required=required, first=first, last=last)
    return [(each.seconds, each.due_on.day) if each else None for each in found]


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ([400], [(400, 11)]),
        ([100, 200, 100], [(100, 4), (200, 9), (100, 11)]),  # 2.5 days are rounded up to 3
        ([100, 200, 500], [(100, 4), (200, 9), (100, 11)]),  # the hours are there: no more
        ([300, 300, 300], [(300, 9), (100, 11), None]),
        ([0, 100, 300], [None, (100, 4), (300, 11)]),
        ([100, 100], [(100, 6), (100, 11)]),  # fewer hours than required: all of them in time
        ([], []),
    ],
)
def test_each_course_gets_its_share_of_the_days_until_the_hours_are_there(left, expected):
    assert stages(left) == expected


@pytest.mark.parametrize(
    ("earned", "expected"),
    [
        (200, [(100, 9), (100, 11)]),
        (300, [(100, 11), None]),
        (400, [None, None]),
        (900, [None, None]),
    ],
)
def test_hours_earned_anywhere_count(earned, expected):
    assert stages([100, 100], earned=earned) == expected


@pytest.mark.parametrize("last", [FIRST + timedelta(days=1), FIRST, FIRST - timedelta(days=3)])
def test_nobody_is_asked_for_more_than_a_day_can_credit(last):
    found = stages([11 * HOUR, 9 * HOUR], required=20 * HOUR, last=last)

    assert found == [(11 * HOUR, 3), (9 * HOUR, 4)]


def test_seven_of_twenty_hours_in_time_are_not_overdue():
    """Six courses of 50.7 class hours, 20 required, 7 earned after a third of the days."""
    left = [4 * HOUR, 8 * HOUR, 9 * HOUR, 9 * HOUR, 8 * HOUR, 6 * HOUR]
    last = FIRST + timedelta(days=30)

    found = pace(left, earned=7 * HOUR, required=20 * HOUR, first=FIRST, last=last)

    assert found == [
        Stage(4 * HOUR, FIRST + timedelta(days=17)),
        Stage(8 * HOUR, FIRST + timedelta(days=29)),
        Stage(1 * HOUR, last),
        None,
        None,
        None,
    ]


LEFT = st.lists(st.integers(0, 30_000), min_size=1, max_size=9)
AMOUNT = st.integers(0, 100_000)
DAYS = st.integers(0, 200)


@pytest.mark.law
@given(LEFT, AMOUNT, AMOUNT, DAYS)
def test_the_pace_asks_for_what_is_missing_and_its_days_never_go_back(left, earned, required, days):
    last = FIRST + timedelta(days=days)
    found = [
        each
        for each in pace(left, earned=earned, required=required, first=FIRST, last=last)
        if each
    ]

    assert sum(each.seconds for each in found) == min(max(0, required - earned), sum(left))
    assert [each.due_on for each in found] == sorted(each.due_on for each in found)
    asked = accumulate(each.seconds for each in found)
    assert all(
        seconds <= (each.due_on - FIRST).days * DAILY_CAP_SECONDS
        for seconds, each in zip(asked, found, strict=True)
    )
    if found and required <= days * DAILY_CAP_SECONDS:
        assert found[-1].due_on == last


@pytest.mark.law
@given(LEFT, AMOUNT, AMOUNT, DAYS, DAYS)
def test_who_is_on_time_is_never_late(left, earned, required, days, passed):
    last, today = FIRST + timedelta(days=days), FIRST + timedelta(days=min(days, passed))
    on_time = earned * days >= required * (today - FIRST).days

    found = pace(left, earned=earned, required=required, first=FIRST, last=last)

    assert not on_time or all(each.due_on >= today for each in found if each)


@pytest.mark.law
@given(LEFT, AMOUNT, AMOUNT, DAYS, st.integers(0, 8), st.integers(0, 30_000))
def test_studying_never_brings_a_day_forward(left, earned, required, days, place, seconds):
    last, place = FIRST + timedelta(days=days), place % len(left)
    studied = min(seconds, left[place])
    after = [each - studied * (number == place) for number, each in enumerate(left)]

    before = pace(left, earned=earned, required=required, first=FIRST, last=last)
    then = pace(after, earned=earned + studied, required=required, first=FIRST, last=last)

    for one, other in zip(before, then, strict=True):
        assert one is None or other is None or other.due_on >= one.due_on
        assert one is not None or other is None
