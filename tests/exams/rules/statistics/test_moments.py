from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from exams.rules.statistics.moments import correlation, deviation, mean, quantile, total, variance
from tests.exams.rules.statistics.data import PARTS

pytestmark = pytest.mark.reference

SERIES = st.lists(st.sampled_from(PARTS), min_size=2, max_size=40)
PAIRS = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS)), min_size=2, max_size=40)


def close(value):
    return pytest.approx(value, abs=1e-9)


@given(SERIES)
def test_moments_are_those_of_numpy(values):
    floats = np.array(values, dtype=float)

    assert float(total(values)) == close(floats.sum())
    assert float(mean(values)) == close(floats.mean())
    assert float(variance(values)) == close(floats.var(ddof=1))
    assert deviation(values) == close(floats.std(ddof=1))


@given(SERIES, st.sampled_from([0, 1, 2, 3, 4]))
def test_a_quantile_is_that_of_numpy(values, number):
    expected = np.quantile(np.array(values, dtype=float), number / 4)

    assert float(quantile(values, Fraction(number, 4))) == close(expected)


@given(PAIRS)
def test_a_correlation_is_that_of_scipy(pairs):
    left, right = (list(series) for series in zip(*pairs, strict=True))
    varies = len(set(left)) > 1 and len(set(right)) > 1
    expected = stats.pearsonr(np.array(left, float), np.array(right, float))[0] if varies else None

    assert correlation(left, right) == (close(expected) if varies else None)


@given(PAIRS)
def test_a_correlation_of_right_and_wrong_is_the_point_biserial(pairs):
    right = [Fraction(left > Fraction(1, 2)) for left, _ in pairs]
    other = [value for _, value in pairs]
    if len(set(right)) > 1 and len(set(other)) > 1:
        expected = stats.pointbiserialr(np.array(right, bool), np.array(other, float))[0]
        assert correlation(right, other) == close(expected)


def test_a_correlation_reaches_one_exactly():
    values = [Fraction(1, 3), Fraction(1, 7), Fraction(1)]

    assert correlation(values, values) == 1
    assert correlation(values, [-value for value in values]) == -1


def test_a_spread_too_small_for_floats_is_still_a_spread():
    base, step = Fraction(1, 3), Fraction(1, 10**30)

    assert correlation([base, base + step], [base, base + step]) == 1
    assert correlation([base, base], [base, base + step]) is None
