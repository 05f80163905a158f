import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.rubric import (
    Choice,
    Fault,
    RubricError,
    faults,
    full_points,
    needs_third,
    parse_rubric,
    points_so_far,
    score,
    settled,
)
from tests.factories.exams_practical import RUBRIC, choices, criterion

TASKS = json.loads((Path(__file__).parents[2] / "demo" / "practical_tasks.json").read_text())


def test_points_of_the_level_count_and_never_the_ratio():
    rubric = parse_rubric([criterion("定价", (15, 12, 9, 4))])

    result = points_so_far(rubric, {"c1": Choice(3, "多数错误")})

    assert result == 4
    assert result != Fraction("0.3") * 15


@pytest.mark.parametrize("task", TASKS["tasks"], ids=lambda task: task["id"])
def test_every_shipped_rubric_is_worth_100(task):
    rubric = parse_rubric(task["rubric"])

    assert full_points(rubric) == 100
    assert len(rubric) == 7


def test_best_levels_earn_100():
    assert score(parse_rubric(RUBRIC), choices(0, 0)) == 100


def test_score_is_out_of_100_when_the_rubric_is_not():
    rubric = parse_rubric([criterion("一", (3, 2, 1, 0))])

    assert score(rubric, {"c1": Choice(1)}) == Fraction(200, 3)


@pytest.mark.parametrize(("level", "needed"), [(0, False), (1, False), (2, False), (3, True)])
def test_comment_is_needed_below_sixty_percent_only(level, needed):
    rubric = parse_rubric([criterion("定价", (15, 12, 9, 4))])

    assert rubric[0].needs_comment(level) is needed


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice(None), "level_missing"),
        (Choice(9), "level_unknown"),
        (Choice(-1), "level_unknown"),
        (Choice(3, "  "), "comment_required"),
        (Choice(0, "字" * 2001), "comment_too_long"),
    ],
)
def test_faults_name_the_criterion_and_why(choice, code):
    rubric = parse_rubric(RUBRIC)

    assert faults(rubric, {"c1": choice, "c2": Choice(0)}) == (Fault("c1", code),)


def test_every_criterion_is_required():
    rubric = parse_rubric(RUBRIC)

    assert faults(rubric, {}) == (Fault("c1", "level_missing"), Fault("c2", "level_missing"))
    assert points_so_far(rubric, {"c1": Choice(7)}) == 0
    with pytest.raises(ValueError, match="not finished"):
        score(rubric, {})


@pytest.mark.parametrize(
    "points", [(10, 8, 6, -1), (10, 8, 8, 1), (8, 10, 6, 1)], ids=["negative", "twice", "order"]
)
def test_a_rubric_that_cannot_be_marked_is_refused(points):
    broken = criterion("定价", points)
    broken["max_points"] = max(points)

    with pytest.raises(RubricError, match="定价"):
        parse_rubric([broken])


def test_a_rubric_whose_best_level_misses_the_maximum_is_refused():
    with pytest.raises(RubricError, match="exactly"):
        parse_rubric([{**criterion("定价", (10, 8, 6, 2)), "max_points": 12}])


@pytest.mark.parametrize("data", [[], [{**criterion("定价", (10, 8, 6, 2)), "levels": []}]])
def test_an_empty_rubric_is_refused(data):
    with pytest.raises(RubricError):
        parse_rubric(data)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=2))
def test_score_stays_between_0_and_100(levels):
    rubric = parse_rubric(RUBRIC)

    assert 0 <= score(rubric, choices(*levels)) <= 100


@pytest.mark.parametrize(
    ("scores", "markers", "result"),
    [
        ([], 1, None),
        ([70], 1, 70),
        ([70], 2, None),
        ([70, 85], 2, Fraction(155, 2)),
        ([70, 86], 2, None),
        ([70, 86, 80], 2, 80),
    ],
)
def test_settled_score(scores, markers, result):
    exact = [Fraction(one) for one in scores]

    assert settled(exact, markers=markers, limit=Fraction(15)) == result


def test_a_third_marker_is_needed_above_the_limit_only():
    assert needs_third(Fraction(70), Fraction(85), limit=Fraction(15)) is False
    assert needs_third(Fraction("85.01"), Fraction(70), limit=Fraction(15)) is True
