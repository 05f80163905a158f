from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.choices import SCORING_HINTS, ScoringRule
from exams.rules.errors import RuleError
from exams.rules.question_types import RULES
from exams.rules.scoring_rules import (
    OFFERED,
    VERSIONS,
    earned,
    name_of,
    rule_of,
    tally,
    with_rule,
)
from tests.factories.exams import BODIES

TALLIES = st.integers(1, 8).flatmap(
    lambda most: st.tuples(st.integers(0, most), st.integers(0, 8), st.just(most))
)


@pytest.mark.parametrize(
    ("right", "wrong", "all_or_nothing", "proportional", "half", "minus", "share"),
    [
        (4, 0, 1, 1, 1, 1, 1),
        (3, 0, 0, Fraction(3, 4), Fraction(1, 2), Fraction(3, 4), Fraction(3, 4)),
        (1, 0, 0, Fraction(1, 4), Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)),
        (4, 1, 0, 0, 0, Fraction(3, 4), 1),
        (2, 1, 0, 0, 0, Fraction(1, 4), Fraction(1, 2)),
        (1, 2, 0, 0, 0, 0, Fraction(1, 4)),
        (0, 1, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 0, 0),
    ],
)
def test_four_right_ones_earn(right, wrong, all_or_nothing, proportional, half, minus, share):
    found = tally(right=right, wrong=wrong, most=4)

    assert {name: rule(found) for name, rule in VERSIONS.items()} == {
        "all_or_nothing/1": all_or_nothing,
        "proportional/1": proportional,
        "half_when_under/1": half,
        "right_minus_wrong/1": minus,
        "share/1": share,
    }


@pytest.mark.law
@given(st.sampled_from(sorted(VERSIONS)), TALLIES)
def test_every_rule_is_bounded_and_grows_with_right_and_falls_with_wrong(rule, parts):
    right, wrong, most = parts
    earn = VERSIONS[rule]

    here = earn(tally(right=right, wrong=wrong, most=most))

    assert 0 <= here <= 1
    assert here <= earn(tally(right=min(right + 1, most), wrong=wrong, most=most))
    assert here >= earn(tally(right=right, wrong=wrong + 1, most=most))


def test_the_rule_of_an_old_question_never_changes():
    assert {type_: rules[0] for type_, rules in OFFERED.items()} == {
        "multiple": "proportional/1",
        "fill": "share/1",
        "ordering": "all_or_nothing/1",
        "matching": "share/1",
        "cloze": "share/1",
    }


def test_every_rule_has_a_name_for_people_and_every_offer_is_one():
    assert set(ScoringRule.values) == set(VERSIONS)
    assert {rule for rules in OFFERED.values() for rule in rules} == set(VERSIONS)
    assert set(OFFERED) <= set(RULES)
    offered = {(type_, rule.split("/")[0]) for type_, rules in OFFERED.items() for rule in rules}
    assert offered - set(SCORING_HINTS) == {("fill", "share")}
    assert set(SCORING_HINTS) <= offered


@pytest.mark.parametrize(
    ("type_", "rule"),
    [
        ("multiple", "share/1"), ("multiple", "proportional"), ("multiple", "proportional/2"),
        ("multiple", None), ("multiple", []), ("single", "proportional/1"), ("short", {}),
    ],
)  # fmt: skip
def test_a_rule_that_a_type_does_not_have_is_refused(type_, rule):
    with pytest.raises(RuleError) as error:
        rule_of(type_, {"scoring": rule})

    assert error.value.code == "scoring"


def test_choosing_what_is_usual_leaves_no_trace():
    content = {"options": ["甲", "乙"], "scoring": "half_when_under/1"}

    assert with_rule("multiple", content, "proportional/1") == {"options": ["甲", "乙"]}
    assert with_rule("multiple", content, "") == {"options": ["甲", "乙"]}
    assert with_rule("multiple", content, "all_or_nothing/1")["scoring"] == "all_or_nothing/1"
    assert with_rule("single", {"options": []}, "") == {"options": []}
    with pytest.raises(RuleError):
        with_rule("single", {}, "share/1")


def test_a_candidate_is_told_by_the_name():
    assert name_of("multiple", {"scoring": "half_when_under/1"}) == "half_when_under"
    assert (name_of("multiple", {}), name_of("single", {})) == ("proportional", "")


@pytest.mark.parametrize("type_", OFFERED)
def test_a_question_under_each_rule_of_its_type_can_be_asked_and_no_other(type_):
    content, key = BODIES[type_]

    for rule in OFFERED[type_]:
        RULES[type_].check({**content, "scoring": rule}, key)
    with pytest.raises(RuleError) as error:
        RULES[type_].check({**content, "scoring": "other/1"}, key)

    assert error.value.code == "scoring"


@pytest.mark.parametrize(
    ("type_", "rule", "value", "expected"),
    [
        ("multiple", "all_or_nothing/1", [0], 0),
        ("multiple", "all_or_nothing/1", [0, 2], 1),
        ("multiple", "half_when_under/1", [2], Fraction(1, 2)),
        ("multiple", "half_when_under/1", [0, 1], 0),
        ("multiple", "half_when_under/1", None, 0),
        ("multiple", "right_minus_wrong/1", [0, 1, 2], Fraction(1, 2)),
        ("multiple", "right_minus_wrong/1", [1, 3], 0),
        ("ordering", "share/1", [0, 2, 1], Fraction(1, 3)),
        ("ordering", "share/1", None, 0),
        ("matching", "all_or_nothing/1", [1, None], 0),
        ("matching", "right_minus_wrong/1", [1, None], Fraction(1, 2)),
        ("matching", "right_minus_wrong/1", [1, 1], 0),
        ("fill", "all_or_nothing/1", ["用户"], 1),
        ("cloze", "all_or_nothing/1", [2, "复购率", "31"], 0),
        ("cloze", "all_or_nothing/1", [2, "复购率", "31.25"], 1),
    ],
)
def test_an_answer_earns_under_a_rule(type_, rule, value, expected):
    content, key = BODIES[type_]
    content, type_rule = {**content, "scoring": rule}, RULES[type_]
    order = range(type_rule.shuffled(content))

    assert type_rule.fraction(content, key, type_rule.clean(content, value), order) == expected


@pytest.mark.law
@given(
    st.sampled_from(OFFERED["multiple"]), st.permutations(range(4)), st.sets(st.integers(0, 3)),
    st.sets(st.integers(0, 3), min_size=1),
)  # fmt: skip
def test_a_rule_does_not_ask_in_which_order_the_options_stood(rule, order, chosen, right):
    content = {"options": ["甲", "乙", "丙", "丁"], "scoring": rule}
    places = sorted(order.index(index) for index in chosen)

    shuffled = RULES["multiple"].fraction(content, {"right": sorted(right)}, places, order)
    straight = RULES["multiple"].fraction(
        content, {"right": sorted(right)}, sorted(chosen), range(4)
    )

    assert shuffled == straight


def test_an_earlier_content_earns_what_it_earned():
    assert earned("multiple", {}, tally(right=1, wrong=0, most=3)) == Fraction(1, 3)
