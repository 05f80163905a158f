"""`bin/bench heartbeats` fails by the same promises it prints."""

import pytest

from bench.heartbeats import BUDGET_MS, faults_of


@pytest.mark.parametrize(
    ("errors", "p95_ms", "sums", "missed"),
    [
        (0, 99.9, [600, 600, 600], []),
        (1, 20.0, [600, 600, 600], ["1 errors"]),
        (0, BUDGET_MS, [600, 600, 600], ["p95 100 ms, budget below 100 ms"]),
        (0, 20.0, [600, 585, 600], ["credited seconds differ or are none: 600, 585, 600"]),
        (0, 20.0, [None, None, None], ["credited seconds differ or are none: None, None, None"]),
        (0, 20.0, [0, 0, 0], ["credited seconds differ or are none: 0, 0, 0"]),
    ],
)
def test_each_promise_that_is_missed_is_named(errors, p95_ms, sums, missed):
    assert faults_of(errors=errors, p95_ms=p95_ms, sums=sums) == missed


def test_all_that_is_missed_is_named_at_once():
    assert len(faults_of(errors=3, p95_ms=250.0, sums=[1, 2, 3])) == 3
