from datetime import date

import pytest

from evaluations.rules.transfer import applied, follow_up_on


@pytest.mark.parametrize(
    ("finished", "asked"),
    [
        (date(2026, 3, 13), date(2026, 6, 13)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_follow_up_comes_three_months_later(finished, asked):
    assert follow_up_on(finished) == asked


@pytest.mark.parametrize(
    ("own", "supervisor", "has_supervisor", "expected"),
    [
        (True, None, False, True),
        (False, None, False, False),
        (None, None, False, None),
        (True, None, True, None),
        (True, False, True, False),
        (None, True, True, True),
    ],
)
def test_supervisor_has_the_last_word_where_there_is_one(own, supervisor, has_supervisor, expected):
    assert applied(own=own, supervisor=supervisor, has_supervisor=has_supervisor) is expected
