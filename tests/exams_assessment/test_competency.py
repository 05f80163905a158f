from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.competency import (
    HANDBOOK,
    CompetencyError,
    Dimension,
    check_scheme,
    competency_score,
    dimension_scores,
)
from kit.exact import print_score

RAW = {
    "platform": {"structure": 18, "traffic": 15, "segments": 8, "content": 7},
    "data": {"reading": 12, "use": 8, "visualisation": 4},
    "marketing": {"advertising": 8, "campaigns": 7, "channels": 9},
    "supply": {"supply_chain": 8, "efficiency": 4},
    "innovation": {"strategy": 4, "improvement": 3},
}


def exact(raw):
    return {
        code: {item: Fraction(points) for item, points in items.items()}
        for code, items in raw.items()
    }


def test_the_handbook_vector_is_79_and_not_the_naive_79_31():
    result = competency_score(HANDBOOK, exact(RAW))

    naive = Fraction(sum(sum(items.values()) for items in RAW.values()), 145) * 100
    assert print_score(result) == "79.00"
    assert print_score(naive) == "79.31"
    assert result != naive


def test_dimensions_of_the_vector():
    assert dimension_scores(HANDBOOK, exact(RAW)) == {
        "platform": 24, "data": 20, "marketing": 16, "supply": 12, "innovation": 7,
    }  # fmt: skip


def test_stated_points_sum_to_145_and_effective_points_to_100():
    effective = [d.effective(item) for d in HANDBOOK for item in d.items]

    assert sum(d.stated for d in HANDBOOK) == 145
    assert sum(effective) == 100
    assert HANDBOOK[1].effective("use") == Fraction(25, 3)


@given(st.data())
def test_full_points_in_one_dimension_earn_its_weight(data):
    dimension = data.draw(st.sampled_from(HANDBOOK))
    raw = exact({d.code: dict.fromkeys(d.items, 0) for d in HANDBOOK})
    raw[dimension.code] = dict(dimension.items)

    assert competency_score(HANDBOOK, raw) == dimension.weight


@pytest.mark.parametrize(
    ("scheme", "message"),
    [
        ((Dimension("a", Fraction(90), {"x": Fraction(1)}),), "sum to 100"),
        ((Dimension("a", Fraction(100), {}),), "needs points"),
        ((Dimension("a", Fraction(100), {"x": Fraction(0)}),), "needs points"),
    ],
)
def test_a_scheme_that_cannot_be_scored_is_refused(scheme, message):
    with pytest.raises(CompetencyError, match=message):
        check_scheme(scheme)


def test_missing_and_impossible_points_are_refused():
    missing = exact(RAW)
    del missing["data"]
    too_many = exact(RAW)
    too_many["supply"]["efficiency"] = Fraction(6)

    with pytest.raises(CompetencyError, match="data"):
        competency_score(HANDBOOK, missing)
    with pytest.raises(CompetencyError, match=r"supply\.efficiency"):
        competency_score(HANDBOOK, too_many)
