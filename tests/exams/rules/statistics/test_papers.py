from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from exams.rules.statistics import SatPaper, first_papers, item_answer
from tests.exams.rules.statistics.data import drawn_papers


def test_decimals_become_exact():
    answer = item_answer(7, Decimal("0.1"), Decimal("2.50"), [2, 0])

    assert (answer.fraction, answer.mark, answer.chosen) == (
        Fraction(1, 10), Fraction(1, 4), frozenset({0, 2}),
    )  # fmt: skip


def test_a_score_is_of_100_and_the_rest_leaves_the_item_out():
    first, second = item_answer(1, Fraction(1), Fraction(3)), item_answer(2, Fraction(0), 1)
    paper = SatPaper(1, (first, second))

    assert (paper.earned, paper.most, paper.score) == (3, 4, 75)
    assert (paper.rest_score(first), paper.rest_score(second)) == (0, 100)


def test_a_paper_of_one_item_has_no_rest():
    answer = item_answer(1, Fraction(1), Fraction(3))

    assert SatPaper(1, (answer,)).rest_score(answer) is None


@given(drawn_papers(least=1))
def test_scores_lie_between_0_and_100(papers):
    for paper in papers:
        rests = [paper.rest_score(answer) for answer in paper.answers]
        assert all(0 <= score <= 100 for score in [paper.score, *rests] if score is not None)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((), "without items"),
        ((item_answer(1, Fraction(1), 1), item_answer(1, Fraction(0), 1)), "twice"),
        ((item_answer(1, Fraction(3, 2), 1),), "item 1"),
        ((item_answer(1, Fraction(-1), 1),), "item 1"),
        ((item_answer(1, Fraction(1), 0),), "item 1"),
    ],
)
def test_a_paper_that_cannot_be_is_refused(answers, words):
    with pytest.raises(ValueError, match=words):
        SatPaper(1, answers)


def test_the_first_paper_of_a_candidate_counts():
    answer = item_answer(1, Fraction(1), 1)
    one, two, again = (SatPaper(candidate, (answer,)) for candidate in (1, 2, 1))

    found = first_papers([one, two, again])

    assert [id(paper) for paper in found] == [id(one), id(two)]
