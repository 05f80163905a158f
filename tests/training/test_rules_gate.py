from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.gate import AttendanceSoFar, Gate, attendance_so_far, may_become


def gate(seconds=54_000, required=54_000, ended=0, attended=0, percent=80):
    return Gate(seconds, required, AttendanceSoFar(ended, attended, 0), percent)


@pytest.mark.parametrize(
    ("seconds", "is_open", "missing"),
    [(53_999, False, 1), (54_000, True, 0), (54_001, True, 0), (0, False, 54_000)],
)
def test_the_gate_compares_online_seconds_exactly(seconds, is_open, missing):
    result = gate(seconds=seconds)

    assert (result.is_open, result.missing_seconds) == (is_open, missing)


@pytest.mark.parametrize(
    ("ended", "attended", "met", "missing"),
    [
        (0, 0, True, 0),
        (5, 4, True, 0),
        (5, 3, False, 1),
        (16, 12, False, 1),
        (16, 13, True, 0),
        (21, 16, False, 1),
        (21, 17, True, 0),
    ],
)
def test_attendance_is_met_from_80_percent_of_the_ended_sessions(ended, attended, met, missing):
    result = gate(ended=ended, attended=attended)

    assert (result.attendance_met, result.missing_sessions) == (met, missing)


def test_hours_alone_do_not_open_the_gate():
    assert gate(ended=5, attended=0).is_open is False


def test_late_and_made_up_count_as_attended_but_leave_absence_and_silence_do_not():
    result = attendance_so_far(["present", "late", "made_up", "leave", "absent", None])

    assert result == AttendanceSoFar(ended=6, attended=3, unrecorded=1)
    assert result.fraction == Fraction(1, 2)


def test_there_is_no_fraction_before_the_first_session_ended():
    assert attendance_so_far([]).fraction is None


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (None, "present", True),
        (None, "made_up", False),
        ("present", "made_up", False),
        ("late", "made_up", False),
        ("leave", "made_up", True),
        ("absent", "made_up", True),
        ("made_up", "made_up", True),
        ("present", "absent", True),
    ],
)
def test_only_a_missed_session_can_be_made_up(before, after, allowed):
    assert may_become(before, after) is allowed


@given(
    seconds=st.integers(0, 200_000),
    required=st.integers(0, 200_000),
    ended=st.integers(0, 60),
    percent=st.integers(0, 100),
    missed=st.integers(0, 60),
)
def test_the_gate_is_open_exactly_when_nothing_is_missing(
    seconds, required, ended, percent, missed
):
    attended = max(0, ended - missed)

    result = gate(seconds, required, ended, attended, percent)

    assert result.is_open is (result.missing_seconds == 0 and result.missing_sessions == 0)
    assert result.is_open is (
        seconds >= required and (ended == 0 or Fraction(attended, ended) >= Fraction(percent, 100))
    )


@given(ended=st.integers(1, 60), percent=st.integers(0, 100), missed=st.integers(0, 60))
def test_making_up_the_missing_sessions_meets_the_demand_and_one_less_does_not(
    ended, percent, missed
):
    attended = max(0, ended - missed)
    missing = gate(ended=ended, attended=attended, percent=percent).missing_sessions

    assert gate(ended=ended, attended=attended + missing, percent=percent).attendance_met
    if missing:
        short = gate(ended=ended, attended=attended + missing - 1, percent=percent)
        assert not short.attendance_met


@given(required=st.integers(1, 200_000))
def test_one_second_short_is_refused(required):
    assert gate(required - 1, required).is_open is False
    assert gate(required, required).is_open is True
