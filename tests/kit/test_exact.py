from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.exact import parts, print_score, sort_decimal

SCORES = st.fractions(min_value=0, max_value=100)


@pytest.mark.parametrize(
    ("value", "line", "printed"),
    [
        ("59.995", "60", "59.99"),
        ("59.995", None, "60.00"),
        ("59.994", "60", "59.99"),
        ("60", "60", "60.00"),
        ("83.605", "60", "83.61"),
        ("0", None, "0.00"),
        ("-1.005", None, "-1.00"),
        ("59.999999", "60", "59.99"),
    ],
)
def test_print_score(value, line, printed):
    assert print_score(Fraction(value), line=None if line is None else Fraction(line)) == printed


@given(SCORES, SCORES)
def test_a_printed_score_never_reaches_a_missed_line(value, line):
    assert (Fraction(print_score(value, line=line)) >= line) <= (value >= line)


@given(SCORES)
def test_a_printed_score_is_within_half_a_hundredth(value):
    assert abs(Fraction(print_score(value)) - value) <= Fraction(1, 200)


def test_parts_are_in_lowest_terms():
    assert parts(Fraction(50, 6)) == (25, 3)


def test_sort_decimal_rounds_down():
    assert sort_decimal(Fraction(200, 3)) == Decimal("66.666666")


@given(SCORES, SCORES)
def test_sort_decimals_keep_the_order_and_miss_what_was_missed(value, line):
    assert (sort_decimal(value) >= line) <= (value >= line)
    assert (sort_decimal(value) <= sort_decimal(line)) or value > line
