from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.statistics.groups import outer_groups

RANKED = st.lists(st.tuples(st.integers(0, 6), st.sampled_from([0, 1])), min_size=3, max_size=40)


def values_of(ranked):
    return [rank for rank, _ in ranked], [Fraction(value) for _, value in ranked]


@pytest.mark.parametrize(
    ("papers", "size"),
    [(3, 1), (5, 1), (6, 2), (9, 2), (10, 3), (20, 5), (30, 8), (50, 14), (100, 27), (1000, 270)],
)
def test_a_group_is_27_percent_rounded_half_up(papers, size):
    assert outer_groups(range(papers)).size == size


def test_fewer_than_three_papers_have_no_groups():
    with pytest.raises(ValueError, match="three"):
        outer_groups([1, 2])


def test_without_ties_the_groups_are_the_ends():
    groups = outer_groups([5, 1, 9, 3, 7, 8, 2, 4, 6, 0])

    assert (groups.upper.within, groups.upper.tied, groups.upper.share) == ((2, 5), (4,), 1)
    assert (groups.lower.within, groups.lower.tied, groups.lower.share) == ((1, 9), (6,), 1)


@given(RANKED)
def test_ties_count_as_if_lots_were_drawn_again_and_again(ranked):
    ranks, values = values_of(ranked)
    expected = {rank: np.mean([v for r, v in ranked if r == rank]) for rank in ranks}
    by_rank = [expected[rank] for rank in sorted(ranks)]
    size = outer_groups(ranks).size
    upper, middle, lower = outer_groups(ranks).means(values)

    assert float(upper) == pytest.approx(np.mean(by_rank[-size:]), abs=1e-9)
    assert float(middle) == pytest.approx(np.mean(by_rank[size:-size]), abs=1e-9)
    assert float(lower) == pytest.approx(np.mean(by_rank[:size]), abs=1e-9)


def test_ties_are_the_mean_over_every_order_of_the_tied():
    ranks, values = [1, 1, 1, 1, 0, 0], [1, 0, 0, 1, 1, 0]
    lots = [[*tied, *low] for tied in permutations(range(4)) for low in permutations((4, 5))]
    upper = Fraction(sum(values[i] for order in lots for i in order[:2]), 2 * len(lots))
    lower = Fraction(sum(values[i] for order in lots for i in order[-2:]), 2 * len(lots))
    groups = outer_groups(ranks)

    assert groups.means([bool(value) for value in values]) == (upper, Fraction(1, 2), lower)


@given(RANKED, st.randoms(use_true_random=False))
def test_the_order_of_the_papers_changes_nothing(ranked, chance):
    shuffled = list(ranked)
    chance.shuffle(shuffled)
    (ranks, values), (other_ranks, other_values) = values_of(ranked), values_of(shuffled)

    assert outer_groups(ranks).means(values) == outer_groups(other_ranks).means(other_values)


def test_one_score_for_all_makes_equal_groups():
    values = [Fraction(n, 10) for n in range(10)]

    assert outer_groups([7] * 10).means(values) == (Fraction(9, 20),) * 3


@pytest.mark.parametrize(
    ("scores", "earned", "upper", "lower"),
    [
        ([95, 90, 85, 80, 75, 70, 65, 60, 55, 50], "1111100000", Fraction(1), Fraction(0)),
        ([95, 90, 80, 80, 75, 70, 65, 60, 55, 50], "1101000100", Fraction(5, 6), Fraction(1, 3)),
        ([70] * 10, "1111000000", Fraction(2, 5), Fraction(2, 5)),
    ],
)
def test_the_groups_of_the_rules_in_words(scores, earned, upper, lower):
    found = outer_groups(scores).means([Fraction(int(digit)) for digit in earned])

    assert (found[0], found[2]) == (upper, lower)
