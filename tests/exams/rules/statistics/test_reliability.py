from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from exams.rules.statistics import Over, Reason, SatPaper, item_answer, reliability
from exams.rules.statistics.reliability import cronbach_alpha
from tests.exams.rules.statistics.data import drawn_papers, table_papers, tables

pytestmark = pytest.mark.reference


def reference_alpha(points):
    covariances = np.cov(points, rowvar=False)
    if covariances.sum() < 1e-9:
        return None
    parts = len(covariances)
    return parts / (parts - 1) * (1 - np.trace(covariances) / covariances.sum())


def reference_kr20(rows):
    right = rows.mean(axis=0)
    parts, whole = rows.shape[1], rows.sum(axis=1).var()
    return parts / (parts - 1) * (1 - (right * (1 - right)).sum() / whole) if whole else None


def close(figure, expected):
    if expected is None:
        return figure.reason is Reason.NO_SPREAD
    return float(figure.value) == pytest.approx(expected, abs=1e-9, rel=1e-9)


@given(tables())
def test_alpha_and_error_are_those_of_numpy(table):
    rows, marks = table
    found = reliability(table_papers(rows, marks))
    points = np.array(rows, dtype=float) * np.array(marks, dtype=float)
    expected = reference_alpha(points)

    assert (found.papers, found.over) == (len(rows), Over.ITEMS)
    assert close(found.alpha, expected)
    # Where α is next to 1 the reference, not the figure, loses its digits in 1 - α.
    if found.error.value is not None and expected < 1 - 1e-6:
        scores = points.sum(axis=1) / float(sum(marks)) * 100
        error = scores.std(ddof=1) * np.sqrt(1 - expected)
        assert found.error.value == pytest.approx(error, abs=1e-9)


@given(tables(fractions=[Fraction(0), Fraction(1)]))
def test_kr20_is_that_of_its_formula(table):
    rows, marks = table
    found = reliability(table_papers(rows, marks))

    assert close(found.kr20, reference_kr20(np.array(rows, dtype=float)))


@given(drawn_papers())
def test_papers_that_differ_have_no_kr20(papers):
    if len({frozenset(a.item for a in paper.answers) for paper in papers}) > 1:
        assert reliability(papers).kr20.reason is Reason.DIFFERENT_PAPERS


def drawn(rows, marks=(2, 3)):
    """Each paper has questions of its own at the same marks in the same places."""
    return [
        SatPaper(n, tuple(item_answer(10 * n + place, Fraction(value), mark)
                          for place, (value, mark) in enumerate(zip(row, marks, strict=True))))
        for n, row in enumerate(rows)
    ]  # fmt: skip


ROWS = [[1, 1], [0, 0], [1, 0], [1, 1], [0, 1], [0, 0], [1, 1], [0, 0], [1, 1], [1, 0]]


def test_drawn_papers_of_one_pattern_are_compared_place_by_place():
    found = reliability(drawn(ROWS))

    assert (found.over, found.kr20.reason) == (Over.PLACES, Reason.DIFFERENT_PAPERS)
    assert found.alpha == reliability(table_papers(ROWS, [2, 3])).alpha
    assert found.alpha.value == Fraction(80, 147)
    assert round(found.error.value, 2) == 29.89


def test_one_paper_in_two_orders_is_compared_item_by_item():
    papers = table_papers(ROWS, [2, 3])
    turned = [SatPaper(p.candidate, p.answers[::-1]) for p in papers[5:]]

    assert reliability(papers[:5] + turned) == reliability(papers)


def test_papers_of_different_patterns_have_no_alpha():
    found = reliability(drawn(ROWS[:5]) + drawn(ROWS[5:], marks=(1, 4)))

    assert (found.over, found.alpha.reason) == (None, Reason.DIFFERENT_PAPERS)
    assert found.error.reason is Reason.NO_RELIABILITY


def test_the_same_items_at_other_marks_have_a_kr20_and_no_alpha():
    found = reliability(table_papers(ROWS[:5], [2, 3]) + table_papers(ROWS[5:], [1, 4]))

    assert found.kr20 == reliability(table_papers(ROWS)).alpha
    assert found.alpha.reason is Reason.DIFFERENT_PAPERS


def test_part_marks_have_no_kr20():
    rows = [[Fraction(1, 2), 1], *ROWS[1:]]

    assert reliability(table_papers(rows)).kr20.reason is Reason.NOT_DICHOTOMOUS


def test_nine_papers_have_no_reliability():
    found = reliability(table_papers(ROWS[:9]))

    assert (found.papers, found.over) == (9, None)
    assert {f.reason for f in (found.kr20, found.alpha, found.error)} == {Reason.TOO_FEW}


def test_no_paper_has_no_reliability():
    assert reliability([]).alpha.reason is Reason.TOO_FEW


def test_one_item_says_nothing_of_itself():
    assert cronbach_alpha([[Fraction(1)], [Fraction(0)]]).reason is Reason.ONE_ITEM


def test_equal_scores_have_no_alpha():
    found = reliability(table_papers([[1, 0], [0, 1]] * 5))

    assert (found.alpha.reason, found.kr20.reason) == (Reason.NO_SPREAD, Reason.NO_SPREAD)


def test_items_that_agree_in_everything_leave_no_error():
    found = reliability(table_papers([[1, 1, 1], [0, 0, 0]] * 5))

    assert (found.alpha.value, found.kr20.value, found.error.value) == (1, 1, 0)


def test_a_negative_alpha_is_shown_and_has_no_error():
    found = reliability(table_papers([[1, 0], [0, 1]] * 4 + [[1, 1], [0, 0]]))

    assert found.alpha.value == -3
    assert found.error.reason is Reason.NEGATIVE_RELIABILITY
