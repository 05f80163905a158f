from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.rules.working_hours import DEFAULT, WorkWeek
from tests.factories.training import instant
from training.rules.hours import Credited, Split, classroom_split, day_of, sum_by


def usual(day):
    return DEFAULT


@pytest.mark.parametrize(
    ("day", "at", "seconds", "inside"),
    [
        (1, instant(1, "09:01"), 60, 60),
        (1, instant(1, "09:00"), 60, 0),
        (1, instant(1, "12:00"), 60, 60),
        (1, instant(1, "20:00"), 60, 0),
        (6, instant(6, "10:00"), 60, 0),
    ],
)
def test_an_entry_stands_for_the_seconds_before_it(day, at, seconds, inside):
    entry = Credited(1, day_of(at), at, seconds)

    assert entry.split(usual) == Split(seconds, inside)


def test_what_was_credited_before_midnight_ends_at_midnight():
    late = WorkWeek(frozenset({0}), ((time(23), time(23, 59, 40)),))

    # Credited ten minutes into Tuesday, for Monday: it stands for 23:59:30 to 24:00.
    entry = Credited(1, date(2026, 3, 9), instant(2, "00:10"), 30)

    assert entry.split(lambda day: late) == Split(30, 10)


@pytest.mark.parametrize(
    ("starts", "ends", "inside"),
    [
        (instant(1, "09:00"), instant(1, "10:30"), 5400),
        (instant(1, "11:15"), instant(1, "12:45"), 2700),
        (instant(6, "09:00"), instant(6, "10:30"), 0),
    ],
)
def test_a_session_is_inside_as_its_clock_is(starts, ends, inside):
    split = classroom_split(starts_at=starts, ends_at=ends, seconds=5400, week=usual)

    assert (split.inside, split.outside) == (inside, 5400 - inside)


@pytest.mark.law
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(0, 60))))
def test_sums_by_key_lose_nothing(rows):
    splits = [(key, Split(max(a, b), min(a, b))) for key, a, b in rows]

    sums = sum_by(splits)

    assert sum(sums.values(), Split()) == sum((split for _, split in splits), Split())
