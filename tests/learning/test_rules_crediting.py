from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.crediting import (
    DAILY_CAP_SECONDS,
    Credit,
    beat,
    counted_seconds,
    day_in_china,
    is_complete,
)

START = datetime(2026, 3, 13, 2, tzinfo=UTC)  # 10:00 in China
TODAY = date(2026, 3, 13)
MIDNIGHT = datetime(2026, 3, 13, 16, tzinfo=UTC)  # 00:00 of the 14th in China


def seconds(n):
    return timedelta(seconds=n)


def earn(gap, *, since=START, lesson=0, planned=1350, of_day=0):
    return beat(
        accounted_until=since,
        at=since + seconds(gap),
        lesson_seconds=lesson,
        planned_seconds=planned,
        credited_on=lambda day: of_day,
    )


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0, 0),
        (-5, 0),
        (0.9, 0),
        (1, 1),
        (15, 15),
        (15.9, 15),
        (60, 60),
        (60.9, 60),
        (61, 0),
        (3600, 0),
    ],
)
def test_a_beat_earns_whole_seconds_of_a_gap_up_to_sixty(gap, expected):
    assert earn(gap).seconds == expected


def test_a_long_gap_is_a_pause_and_counting_starts_again_after_it():
    after = earn(61)

    assert (after.paused, after.accounted_until, after.credits) == (True, START + seconds(61), ())


def test_the_rest_of_a_second_stays_for_the_next_beat():
    assert earn(15.9).accounted_until == START + seconds(15)


def test_a_beat_from_before_moves_nothing_back():
    assert earn(-5).accounted_until == START


@pytest.mark.parametrize(
    ("lesson", "planned", "expected"), [(0, 3, 3), (1340, 1350, 10), (1350, 1350, 0), (99, 50, 0)]
)
def test_a_lesson_never_earns_more_than_it_plans(lesson, planned, expected):
    assert earn(20, lesson=lesson, planned=planned).seconds == expected


@pytest.mark.parametrize(
    ("of_day", "expected"),
    [(DAILY_CAP_SECONDS - 5, 5), (DAILY_CAP_SECONDS, 0), (DAILY_CAP_SECONDS + 9, 0)],
)
def test_a_day_never_earns_more_than_eight_class_hours(of_day, expected):
    assert earn(20, of_day=of_day).seconds == expected


def test_the_daily_cap_is_eight_class_hours():
    assert DAILY_CAP_SECONDS == 8 * 45 * 60


@pytest.mark.parametrize(("until", "expected"), [(12, 12), (-3, 0), (99, 20)])
def test_a_beat_earns_no_further_than_time_counts(until, expected):
    got = beat(
        accounted_until=START,
        at=START + seconds(20),
        earns_until=START + seconds(until),
        lesson_seconds=0,
        planned_seconds=1350,
        credited_on=lambda day: 0,
    )

    assert (got.seconds, got.accounted_until) == (expected, START + seconds(20))


def test_a_silence_is_a_gap_even_where_little_of_it_would_count():
    got = beat(
        accounted_until=START,
        at=START + seconds(61),
        earns_until=START + seconds(5),
        lesson_seconds=0,
        planned_seconds=1350,
        credited_on=lambda day: 0,
    )

    assert (got.credits, got.paused) == ((), True)


def test_a_gap_across_midnight_is_split_between_the_days():
    got = earn(30, since=MIDNIGHT - seconds(10))

    assert got.credits == (Credit(TODAY, 10), Credit(date(2026, 3, 14), 20))


def test_a_full_day_does_not_take_from_the_next():
    got = beat(
        accounted_until=MIDNIGHT - seconds(10),
        at=MIDNIGHT + seconds(20),
        lesson_seconds=0,
        planned_seconds=1350,
        credited_on=lambda day: DAILY_CAP_SECONDS if day == TODAY else 0,
    )

    assert got.credits == (Credit(date(2026, 3, 14), 20),)


def test_the_day_is_the_day_in_china():
    assert day_in_china(datetime(2026, 3, 13, 16, tzinfo=UTC)) == date(2026, 3, 14)


@pytest.mark.parametrize(("credited", "expected"), [(119, False), (120, True), (121, True)])
def test_a_lesson_is_complete_with_all_planned_seconds(credited, expected):
    assert is_complete(credited_seconds=credited, planned_seconds=120) is expected


def test_credit_above_a_shortened_plan_does_not_count():
    assert counted_seconds(credited_seconds=120, planned_seconds=90) == 90


INSTANTS = st.lists(
    st.floats(min_value=-100, max_value=7 * 3600, allow_nan=False), min_size=1, max_size=60
)


def study(instants, *, planned, of_day=0):
    """Send beats in the order given; returns credit by day and the span of the server's clock."""
    until, lesson, by_day = START, 0, Counter({TODAY: of_day})
    for instant in instants:
        got = beat(
            accounted_until=until,
            at=START + seconds(instant),
            lesson_seconds=lesson,
            planned_seconds=planned,
            credited_on=lambda day: by_day[day],
        )
        assert got.accounted_until >= until
        until, lesson = got.accounted_until, lesson + got.seconds
        for credit in got.credits:
            by_day[credit.day] += credit.seconds
    return lesson, by_day


@given(INSTANTS, st.integers(1, 30_000))
def test_credit_never_exceeds_wall_time_or_the_plan_in_any_order(instants, planned):
    lesson, _ = study(instants, planned=planned)

    assert lesson <= min(planned, max(0, max(instants)))


@given(INSTANTS, st.integers(DAILY_CAP_SECONDS - 100, DAILY_CAP_SECONDS))
def test_no_day_ever_exceeds_the_cap(instants, of_day):
    _, by_day = study(instants, planned=10**6, of_day=of_day)

    assert max(by_day.values()) <= DAILY_CAP_SECONDS


@given(st.lists(st.integers(50, 60_000), min_size=1, max_size=80))
def test_regular_beats_lose_less_than_one_second_in_all(gaps):
    milliseconds = list(accumulate(gaps))

    lesson, _ = study([instant / 1000 for instant in milliseconds], planned=10**6)

    assert milliseconds[-1] - 1000 < lesson * 1000 <= milliseconds[-1]


@given(INSTANTS)
def test_beating_twice_at_one_instant_earns_once(instants):
    once = study(sorted(instants), planned=10**6)[0]
    twice = study(sorted([*instants, *instants]), planned=10**6)[0]

    assert once == twice
