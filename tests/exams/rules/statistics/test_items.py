from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats

from exams.rules.statistics import ChoiceKey, Reason, SatPaper, item_answer, item_statistics
from tests.exams.rules.statistics.data import drawn_papers, table_papers, tables

pytestmark = pytest.mark.reference

KEYS = {item: ChoiceKey(4, frozenset({0, item % 4})) for item in range(1, 9)}


def close(value):
    return pytest.approx(value, abs=1e-9)


def reference_discrimination(scores, values):
    order = np.argsort(scores, kind="stable")
    ranks = stats.rankdata(scores, method="dense")
    means = {rank: values[ranks == rank].mean() for rank in set(ranks)}
    spread = np.array([means[rank] for rank in ranks[order]])
    size = max(1, int(np.floor(0.27 * len(scores) + 0.5 + 1e-12)))
    return spread[-size:].mean() - spread[:size].mean()


def reference_correlation(values, rests):
    if values.std() < 1e-12 or rests.std() < 1e-9:
        return None
    return close(stats.pearsonr(values, rests)[0])


@given(tables())
def test_items_of_one_paper_for_all_are_those_of_numpy(table):
    rows, marks = table
    found = item_statistics(table_papers(rows, marks), {})
    fractions = np.array(rows, dtype=float)
    points = fractions * np.array(marks, dtype=float)
    scores = points.sum(axis=1).round(9)

    assert list(found) == list(range(1, len(marks) + 1))
    for column, item in enumerate(found.values()):
        values = fractions[:, column]
        rests = (points.sum(axis=1) - points[:, column]).round(9)
        assert item.papers == len(rows)
        assert float(item.facility) == close(values.mean())
        assert item.deviation.value == close(values.std(ddof=1))
        assert float(item.discrimination.value) == close(reference_discrimination(scores, values))
        assert item.rest_correlation.value == reference_correlation(values, rests)


@given(drawn_papers(least=30, most=60, bank=4))
@settings(max_examples=40)
def test_items_of_drawn_papers_are_over_the_papers_they_stood_on(papers):
    for number, item in item_statistics(papers, KEYS).items():
        rows = [(p, a) for p in papers for a in p.answers if a.item == number]
        values = np.array([a.fraction for _, a in rows], dtype=float)
        rests = [(float(a.fraction), p.rest_score(a)) for p, a in rows]
        paired = np.array([(v, float(r)) for v, r in rests if r is not None]).reshape(-1, 2)
        assert item.papers == len(rows)
        assert float(item.facility) == close(values.mean())
        if len(rows) >= 10:
            scores = np.array([float(p.score) for p, _ in rows]).round(9)
            expected = reference_discrimination(scores, values)
            assert float(item.discrimination.value) == close(expected)
        if len(paired) >= 10:
            expected = reference_correlation(paired[:, 0], paired[:, 1].round(9))
            assert item.rest_correlation.value == expected


@given(drawn_papers(bank=3))
def test_options_are_counted_in_the_whole_and_in_the_groups(papers):
    for number, item in item_statistics(papers, KEYS).items():
        rows = [(p, a) for p in papers for a in p.answers if a.item == number]
        for row in item.options[:-1]:
            choosers = [(p, a) for p, a in rows if row.option in a.chosen]
            rests = [float(p.rest_score(a)) for p, a in choosers if p.rest_score(a) is not None]
            assert row.right == (row.option in {0, number % 4})
            assert (row.chosen, row.share) == (len(choosers), Fraction(len(choosers), len(rows)))
            assert (row.rest.value is None) == (not rests)
            if rests:
                assert float(row.rest.value) == close(np.mean(rests))
            if item.group_size:
                ends = item.group_size * (row.upper.value + row.lower.value)
                between = (item.papers - 2 * item.group_size) * row.middle.value
                assert ends + between == row.chosen
                assert row.discrimination.value == row.upper.value - row.lower.value
        blank = item.options[-1]
        assert (blank.option, blank.right) == (None, False)
        assert blank.chosen == sum(not a.chosen for _, a in rows)


def ten(column, other):
    """Ten papers with the item 1 in question and a second one that orders them."""
    return table_papers(list(zip(column, other, strict=True)), marks=[1, 9])


def test_a_good_item_tells_the_strong_from_the_weak():
    item = item_statistics(ten([1] * 5 + [0] * 5, [Fraction(9 - n, 9) for n in range(10)]), {})[1]

    assert (item.facility, item.group_size) == (Fraction(1, 2), 3)
    assert (item.upper.value, item.lower.value, item.discrimination.value) == (1, 0, 1)
    assert item.rest_correlation.value == close(0.8703882797784892)


def test_nine_papers_have_a_facility_and_a_deviation_only():
    item = item_statistics(table_papers([[1, 0], [0, 1], [1, 1]] * 3), KEYS)[1]

    assert (item.papers, item.facility, item.group_size) == (9, Fraction(2, 3), 0)
    assert item.deviation.value == 0.5
    assert {f.reason for f in (item.upper, item.lower, item.discrimination)} == {Reason.TOO_FEW}
    assert item.rest_correlation.reason is Reason.TOO_FEW
    assert {row.middle.reason for row in item.options} == {Reason.TOO_FEW}


def test_one_paper_has_a_facility_only():
    item = item_statistics(table_papers([[1, 0]]), {})[1]

    assert (item.facility, item.deviation.reason, item.options) == (1, Reason.TOO_FEW, ())


def test_no_paper_has_no_items():
    assert item_statistics([], KEYS) == {}


def test_what_does_not_vary_correlates_with_nothing():
    item = item_statistics(ten([1] * 10, [Fraction(n, 9) for n in range(10)]), {})[1]

    assert (item.discrimination.value, item.deviation.value) == (0, 0)
    assert item.rest_correlation.reason is Reason.NO_SPREAD


def test_papers_of_one_item_have_no_rest():
    papers = [SatPaper(n, (item_answer(1, Fraction(n % 2), 1, [n % 2]),)) for n in range(10)]
    item = item_statistics(papers, KEYS)[1]

    assert item.rest_correlation.reason is Reason.NO_REST
    assert [row.rest.reason for row in item.options] == [
        Reason.NO_REST, Reason.NO_REST, Reason.NOBODY, Reason.NOBODY, Reason.NOBODY,
    ]  # fmt: skip


def test_an_option_the_bank_has_not_is_refused():
    with pytest.raises(ValueError, match="option"):
        item_statistics(table_papers([[1]], choices=[[(4,)]]), KEYS)
