from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.training import instant
from training.rules.lateness import LateShare, is_late_entry, sheet_deadline


@pytest.mark.parametrize(
    ("ends", "deadline"),
    [
        (instant(1, "10:30"), instant(2, "00:00")),
        (instant(1, "22:00"), instant(2, "00:00")),
        (instant(1, "22:01"), instant(2, "00:01")),
        (instant(1, "23:30"), instant(2, "01:30")),
    ],
)
def test_a_sheet_is_kept_by_the_end_of_its_day_or_two_hours_after(ends, deadline):
    assert sheet_deadline(ends) == deadline


@pytest.mark.parametrize(
    ("state", "at", "late"),
    [
        ("present", instant(1, "23:59"), False),
        ("present", instant(2, "00:00"), True),
        ("absent", instant(2, "00:00"), True),
        ("made_up", instant(1, "12:00"), True),
    ],
)
def test_an_entry_is_late_from_the_deadline_and_making_up_always_is(state, at, late):
    assert is_late_entry(state=state, ends_at=instant(1, "10:30"), at=at) is late


@pytest.mark.parametrize(
    ("late", "attended", "text"),
    [(0, 0, "–"), (0, 20, "0.0"), (1, 16, "6.3"), (1, 3, "33.3"), (2, 3, "66.7"), (5, 5, "100.0")],
)
def test_the_share_is_printed_with_one_decimal(late, attended, text):
    assert LateShare(late, attended).percent_text == text


def test_the_share_is_exact_and_absent_where_nobody_attended():
    assert (LateShare(1, 3).fraction, LateShare(0, 0).fraction) == (Fraction(1, 3), None)


@pytest.mark.law
@given(st.integers(0, 10_000), st.integers(1, 600))
def test_the_deadline_is_never_before_two_hours_after_the_session(minute, length):
    ends = instant(1) + timedelta(minutes=minute)

    deadline = sheet_deadline(ends)

    assert timedelta(hours=2) <= deadline - ends <= timedelta(hours=24)
    assert not is_late_entry(state="late", ends_at=ends, at=deadline - timedelta(minutes=length))


@pytest.mark.law
@given(st.integers(1, 5000), st.data())
def test_the_printed_share_is_half_a_tenth_from_the_exact_one(attended, data):
    late = data.draw(st.integers(0, attended))
    share = LateShare(late, attended)

    assert abs(Fraction(share.percent_text) - share.fraction * 100) <= Fraction(1, 20)
