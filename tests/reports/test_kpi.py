from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.kpi import TARGETS, Kpi, figure


@pytest.mark.parametrize(
    ("kpi", "numerator", "denominator", "percent", "met"),
    [
        (Kpi.COVERAGE, 125, 125, "100.00", True),
        (Kpi.COMPLETION, 119, 125, "95.20", True),
        (Kpi.PASS_RATE, 110, 119, "92.44", True),
        (Kpi.PASS_RATE, 109, 119, "91.60", False),
        (Kpi.SATISFACTION, 93, 100, "93.00", True),
        (Kpi.TRANSFER, 86, 100, "86.00", True),
    ],
)
def test_the_vector_of_the_founding_documents(kpi, numerator, denominator, percent, met):
    found = figure(kpi, numerator, denominator)

    assert f"{float(found.share * 100):.2f}" == percent
    assert found.is_met is met


def test_nothing_counted_is_no_data():
    found = figure(Kpi.COVERAGE, 0, 0)

    assert (found.share, found.is_met, found.margin) == (None, None, None)


def test_target_is_held_against_the_exact_share():
    assert figure(Kpi.PASS_RATE, 919_999, 1_000_000).is_met is False


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 3), (4, 3)])
def test_counts_that_cannot_be_are_refused(numerator, denominator):
    with pytest.raises(ValueError, match=f"{numerator} of {denominator}"):
        figure(Kpi.COVERAGE, numerator, denominator)


@given(st.sampled_from(list(Kpi)), st.integers(1, 500), st.data())
def test_margin_is_the_people_above_or_below_the_line(kpi, denominator, data):
    numerator = data.draw(st.integers(0, denominator))

    found = figure(kpi, numerator, denominator)

    assert found.is_met is (found.margin >= 0)
    on_the_line = numerator - found.margin
    assert Fraction(on_the_line, denominator) >= TARGETS[kpi]
    assert Fraction(on_the_line - 1, denominator) < TARGETS[kpi]
