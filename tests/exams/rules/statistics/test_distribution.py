from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.statistics import Reason, score_distribution

pytestmark = pytest.mark.reference

SCORES = st.lists(st.fractions(0, 100, max_denominator=12), min_size=2, max_size=60)


def counts(found):
    return {bar.low: bar.count for bar in found.bars if bar.count}


@given(SCORES)
def test_a_distribution_is_that_of_numpy(scores):
    found = score_distribution(scores)
    floats = np.array(scores, dtype=float)
    expected = [floats.mean(), floats.min(), *np.quantile(floats, [0.25, 0.5, 0.75]), floats.max()]
    figures = (found.mean, found.least, found.lower, found.median, found.upper, found.most)

    assert found.papers == len(scores)
    assert [float(f.value) for f in figures] == pytest.approx(expected, abs=1e-9)
    assert found.deviation.value == pytest.approx(floats.std(ddof=1), abs=1e-9)
    assert [bar.count for bar in found.bars] == list(np.histogram(floats, range(0, 101, 5))[0])
    assert [(bar.low, bar.high) for bar in found.bars[:2]] == [(0, 5), (5, 10)]


def test_a_score_on_a_line_stands_above_it_and_the_full_score_in_the_last_bar():
    scores = [Fraction("59.995"), Fraction(60), Fraction(0), Fraction(100), Fraction(95)]

    assert counts(score_distribution(scores)) == {0: 1, 55: 1, 60: 1, 95: 2}


def test_one_score_has_no_spread_and_none_has_nothing():
    one, none = score_distribution([Fraction(70)]), score_distribution([])

    assert (one.mean.value, one.median.value, one.deviation.reason) == (70, 70, Reason.TOO_FEW)
    assert (none.papers, none.mean.reason, none.median.reason, none.deviation.reason) == (
        0, Reason.TOO_FEW, Reason.TOO_FEW, Reason.TOO_FEW,
    )  # fmt: skip
    assert counts(none) == {}


@pytest.mark.parametrize("score", [Fraction(-1, 9), Fraction(901, 9)])
def test_a_score_outside_the_scale_is_refused(score):
    with pytest.raises(ValueError, match="outside"):
        score_distribution([score])
