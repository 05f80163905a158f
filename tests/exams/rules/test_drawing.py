from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exams.rules.drawing import (
    Candidate,
    Part,
    draw_paper,
    read_blueprint,
    total_count,
    total_mark,
)
from exams.rules.errors import RuleError

PARTS = [Part("single", 4, Decimal(2)), Part("multiple", 2, Decimal("2.5"))]
POOL = [
    Candidate(number, "single" if number % 2 else "multiple", f"field{number % 3}",
              f"topic{number % 6}", 4)
    for number in range(1, 41)
]  # fmt: skip


@given(st.text(max_size=40), st.permutations(POOL))
@settings(max_examples=60)
def test_a_seed_draws_one_paper_whatever_the_order_of_the_pool(seed, pool):
    assert draw_paper(PARTS, pool, seed) == draw_paper(PARTS, POOL, seed)


@given(st.text(max_size=40))
def test_a_paper_follows_the_blueprint(seed):
    paper = draw_paper(PARTS, POOL, seed)
    types = {c.version_id: c.type for c in POOL}

    assert [item.position for item in paper] == [1, 2, 3, 4, 5, 6]
    assert [types[item.version_id] for item in paper] == ["single"] * 4 + ["multiple"] * 2
    assert sum(item.mark for item in paper) == 13
    assert len({item.version_id for item in paper}) == 6
    assert {tuple(sorted(item.order)) for item in paper} == {(0, 1, 2, 3)}


@given(st.text(max_size=40))
def test_a_paper_is_spread_over_the_fields(seed):
    paper = draw_paper(PARTS, POOL, seed)
    fields = {c.version_id: c.field for c in POOL}

    assert Counter(fields[item.version_id] for item in paper) == {
        "field0": 2,
        "field1": 2,
        "field2": 2,
    }


def test_two_seeds_draw_two_papers():
    assert draw_paper(PARTS, POOL, "a") != draw_paper(PARTS, POOL, "b")


def test_a_paper_of_a_seed_never_changes():
    paper = draw_paper(PARTS, POOL, "2026")

    assert [(item.version_id, item.order) for item in paper][:2] == FROZEN


FROZEN = [(39, (2, 1, 3, 0)), (23, (0, 1, 2, 3))]


def test_a_pool_too_small_is_refused():
    with pytest.raises(RuleError) as error:
        draw_paper(PARTS, POOL[:3], "seed")

    assert str(error.value) == "the blueprint asks for 4 of type single, the bank has 2"


def test_a_blueprint_is_read_and_summed():
    parts = read_blueprint([{"type": "single", "count": 4, "mark": 2},
                            {"type": "multiple", "count": 2, "mark": "2.5"}])  # fmt: skip

    assert parts == PARTS
    assert (total_count(parts), total_mark(parts)) == (6, Decimal("13.0"))


@pytest.mark.parametrize(
    ("blueprint", "message"),
    [
        ([], "the blueprint needs at least one part"),
        ({"type": "single"}, "the blueprint needs at least one part"),
        (["single"], "part 1 has an unknown type"),
        ([{"type": "poem", "count": 1, "mark": 1}], "part 1 has an unknown type"),
        ([{"type": "single", "count": 0, "mark": 1}], "part 1 needs a count of 1 or more"),
        ([{"type": "single", "count": True, "mark": 1}], "part 1 needs a count of 1 or more"),
        ([{"type": "single", "count": 1, "mark": "x"}], "part 1 needs a mark above 0"),
        ([{"type": "single", "count": 1, "mark": 0}], "part 1 needs a mark above 0"),
        ([{"type": "single", "count": 1, "mark": "Infinity"}], "part 1 needs a mark above 0"),
        ([{"type": "single", "count": 1, "mark": 1}] * 2, "the blueprint names a type twice"),
    ],
)
def test_a_blueprint_that_makes_no_paper_is_refused(blueprint, message):
    with pytest.raises(RuleError) as error:
        read_blueprint(blueprint)

    assert str(error.value) == message
