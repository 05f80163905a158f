from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.training import instant
from training.rules import anomalies
from training.rules.anomalies import Earned, InClass

NOON = instant(1, "12:00")
DAY = date(2026, 3, 9)


def run(count, since=NOON, session=1, first=1, seconds=60):
    """Entries of a minute each, one after the other."""
    return [
        Earned(first + number, session, since + timedelta(seconds=seconds * (number + 1)), seconds)
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("starts", "entries"),
    [("12:09", (10,)), ("12:10", None), ("11:00", tuple(range(1, 11))), ("10:00", None)],
)
def test_a_minute_online_while_signed_in_to_class_is_found(starts, entries):
    begins = instant(1, starts)
    sat_in = InClass(7, begins, begins + timedelta(minutes=90))

    found = anomalies.overlaps(run(10), [sat_in])

    assert [one.entries for one in found] == ([entries] if entries else [])
    assert [one.key for one in found] == (["7"] if entries else [])


def test_less_than_a_minute_during_class_is_nothing():
    sat_in = InClass(7, NOON, NOON + timedelta(minutes=90))

    assert anomalies.overlaps(run(1, seconds=59), [sat_in]) == []


@pytest.mark.parametrize(
    ("minutes", "pause", "found"),
    [(240, 0, [240]), (239, 0, []), (240, 300, [240]), (240, 301, []), (241, 301, [240])],
)
def test_four_hours_without_a_pause_are_found(minutes, pause, found):
    first = run(minutes - 1 if minutes == 240 else 240 if minutes > 240 else minutes)
    rest = run(1, since=first[-1].end + timedelta(seconds=pause), first=900)

    result = anomalies.unbroken(first + rest if minutes >= 240 else first)

    assert [len(one.entries) for one in result] == found


def test_nothing_studied_is_nothing_found():
    assert anomalies.unbroken([]) == []
    assert anomalies.out_of_order([]) == []
    assert anomalies.bursts([]) == []


def test_the_same_time_in_two_sessions_is_found():
    twice = run(3) + run(2, since=NOON + timedelta(seconds=90), session=2, first=10)

    (found,) = anomalies.out_of_order(twice)

    assert (found.sessions, set(found.entries) <= {2, 3, 10, 11}) == ((1, 2), True)


@pytest.mark.law
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 900)), max_size=60))
def test_a_ledger_that_never_goes_back_is_never_out_of_order(steps):
    clock, earned = NOON, []
    for number, (seconds, pause) in enumerate(steps):
        clock += timedelta(seconds=seconds + pause)
        earned.append(Earned(number, number % 3, clock, seconds))

    assert anomalies.out_of_order(earned) == []


@pytest.mark.parametrize(("count", "found"), [(19, []), (20, [20]), (30, [30])])
def test_twenty_reports_within_a_minute_are_a_burst(count, found):
    times = [NOON + timedelta(seconds=2 * number) for number in range(count)]
    far = [NOON + timedelta(hours=hours) for hours in range(1, 40)]

    assert [one.count for one in anomalies.bursts(times + far)] == found


def test_the_fullest_minute_of_a_burst_is_named():
    times = [NOON + timedelta(seconds=number) for number in range(100)]

    (found,) = anomalies.bursts(times)

    assert (found.count, found.since, found.until) == (61, NOON, NOON + timedelta(seconds=60))


@pytest.mark.parametrize(
    ("full", "count"),
    [({0}, None), ({0, 1}, None), ({0, 1, 6}, 3), ({0, 1, 7}, None), ({1, 2, 3}, None)],
)
def test_the_cap_on_three_of_seven_days_is_found(full, count):
    seconds_on = {DAY - timedelta(days=back): 100 for back in full}

    found = anomalies.at_the_cap(DAY, seconds_on, 100, run(2))

    assert [one.count for one in found] == ([count] if count else [])


def test_devices_of_two_and_addresses_of_five_people_are_found():
    people = {"": {1, 2, 3, 4, 5}, "pc": {1, 2}, "own": {3}, "hall": {1, 2, 3, 4, 5}}

    device, address = (anomalies.shared(people, kind) for kind in ("device", "address"))

    assert {who: [one.key for one in found] for who, found in device.items()} == {
        1: ["hall", "pc"], 2: ["hall", "pc"], 3: ["hall"], 4: ["hall"], 5: ["hall"],
    }  # fmt: skip
    assert {who: [(one.key, one.count) for one in found] for who, found in address.items()} == {
        who: [("hall", 5)] for who in range(1, 6)
    }


@pytest.mark.parametrize(
    ("minutes", "class_seconds", "seconds"),
    [(270, 5400, None), (271, 5400, 271 * 60 + 5400), (0, 30000, None), (400, None, None)],
)
def test_a_day_with_more_than_the_cap_online_and_in_class_is_found(minutes, class_seconds, seconds):
    begins = NOON - timedelta(hours=3)
    in_class = [InClass(7, begins, begins, class_seconds)] if class_seconds else []

    found = anomalies.overfull(run(minutes), in_class, 6 * 3600)

    assert [(one.seconds, one.count) for one in found] == ([(seconds, 1)] if seconds else [])
