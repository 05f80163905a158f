from datetime import timedelta

import pytest

from exams.rules.deadline import (
    Limits,
    attempt_deadline,
    counts_at,
    effective_limits,
    ends_at,
    is_over,
    may_start,
)

BASE = Limits(1200, 600)


@pytest.mark.parametrize(
    ("base", "own", "groups", "expected"),
    [
        (BASE, None, [], Limits(1200, 600)),
        (Limits(None, None), None, [], Limits(0, 0)),
        (BASE, None, [Limits(1300, 500)], Limits(1300, 500)),
        (BASE, None, [Limits(1300, 501), Limits(1301, 500)], Limits(1301, 501)),
        (BASE, None, [Limits(1300, 500), Limits(1301, 0)], Limits(1301, 0)),
        (BASE, None, [Limits(1300, 500), Limits(None, 501)], Limits(1300, 501)),
        (BASE, Limits(1201, 601), [Limits(1300, 700)], Limits(1201, 601)),
        (BASE, Limits(0, 601), [Limits(1300, 700)], Limits(0, 601)),
        (BASE, Limits(1201, None), [Limits(1300, 700)], Limits(1201, 700)),
        (BASE, Limits(1201, None), [Limits(1300, None)], Limits(1201, 600)),
    ],
)
def test_exceptions_apply_field_by_field(base, own, groups, expected):
    assert effective_limits(base, own=own, groups=groups) == expected


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(1200, 600), 700),
        (Limits(650, 600), 650),
        (Limits(1200, 0), 1200),
        (Limits(0, 600), 700),
        (Limits(0, 0), None),
    ],
)
def test_an_attempt_ends_at_the_earlier_limit(limits, expected):
    assert ends_at(limits, started=100) == expected


@pytest.mark.parametrize(
    ("closes_in", "extra", "expected"), [(300, 0, 90), (60, 0, 60), (60, 15, 75), (300, 15, 105)]
)
def test_extra_time_also_runs_past_the_window(at, closes_in, extra, expected):
    deadline = attempt_deadline(
        started_at=at,
        closes_at=at + timedelta(minutes=closes_in),
        duration_minutes=90,
        extra_minutes=extra,
    )

    assert deadline == at + timedelta(minutes=expected)


@pytest.mark.parametrize(
    ("late", "expected"),
    [(-1000, True), (0, True), (4999, True), (5000, True), (5001, False)],
)
def test_an_answer_counts_to_the_end_of_the_grace(at, late, expected):
    arrived = at + timedelta(milliseconds=late)

    assert counts_at(deadline=at, at=arrived) is expected
    assert is_over(deadline=at, at=arrived) is not expected


@pytest.mark.parametrize(("minutes", "expected"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_start_needs_an_open_window(at, minutes, expected):
    begun = at + timedelta(minutes=minutes)

    assert may_start(opens_at=at, closes_at=at + timedelta(hours=1), at=begun) is expected
