from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.errors import RuleError
from exams.rules.papers import item_content
from exams.rules.question_types import RULES
from exams.rules.question_types.case import split_case
from exams.rules.question_types.short import fraction_from_points
from tests.exams.rules.json_values import ANY
from tests.factories.exams import BODIES, STEMS

IDENTITY = {name: list(range(RULES[name].shuffled(body[0]))) for name, body in BODIES.items()}

PARTS = st.none() | st.integers(0, 3) | st.sampled_from(["用户", "31.25", "8.00", " "])
ANSWERS = PARTS | st.lists(PARTS, min_size=1, max_size=4)


def score(name, value, content=None, key=None, order=None):
    rule = RULES[name]
    content = content or BODIES[name][0]
    value = rule.clean(content, value)
    return rule.fraction(
        content, key or BODIES[name][1], value, IDENTITY[name] if order is None else order
    )


@pytest.mark.parametrize("name", RULES)
def test_every_type_accepts_its_own_example(name):
    assert RULES[name].check(*BODIES[name]) is None


@pytest.mark.parametrize("name", RULES)
def test_every_type_accepts_its_own_stem(name):
    assert RULES[name].check_stem(STEMS.get(name, "？"), BODIES[name][0]) is None


@pytest.mark.law
@pytest.mark.parametrize("name", RULES)
@given(value=ANY | ANSWERS)
def test_any_json_is_an_answer_or_refused(name, value):
    """Cleaning again changes nothing, and what is stored earns between nothing and everything."""
    rule, (content, key) = RULES[name], BODIES[name]
    try:
        cleaned = rule.clean(content, value)
    except RuleError:
        return
    assert rule.clean(content, cleaned) == cleaned
    if not rule.hand_marked:
        content = item_content(name, content, paper_seed="any", position=1)
        assert 0 <= rule.fraction(content, key, cleaned, IDENTITY[name]) <= 1


@pytest.mark.law
@pytest.mark.parametrize("name", RULES)
@given(data=st.data())
def test_any_json_is_a_question_or_refused(name, data):
    """One part of a good question becomes any JSON, or there is nothing but JSON."""
    bodies = [dict(part) for part in BODIES[name]]
    for body in bodies:
        for part in [*body, "scoring"]:
            if data.draw(st.booleans()):
                body[part] = data.draw(ANY)
    with suppress(RuleError):
        RULES[name].check(*bodies)


@pytest.mark.parametrize("name", RULES)
def test_no_answer_earns_nothing_and_is_no_answer(name):
    assert score(name, None) == 0
    assert RULES[name].is_answered(RULES[name].clean(BODIES[name][0], None)) is False


@pytest.mark.parametrize("name", RULES)
def test_nothing_of_the_key_is_shown(name):
    content, key = BODIES[name]

    shown = RULES[name].shown({**content, "canary": "KEY"}, IDENTITY[name])

    assert set(shown) & {"canary", *key} == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("single", 1, Fraction(1)),
        ("single", 0, Fraction(0)),
        ("multiple", [0, 2], Fraction(1)),
        ("multiple", [2], Fraction(1, 2)),
        ("multiple", [0, 1], Fraction(0)),
        ("multiple", [0, 1, 2], Fraction(0)),
        ("multiple", [], Fraction(0)),
        ("true_false", True, Fraction(1)),
        ("true_false", False, Fraction(0)),
        ("numeric", "18.75", Fraction(1)),
        ("numeric", "１８．７％", Fraction(1)),
        ("numeric", "18.80", Fraction(1)),
        ("numeric", "18.801", Fraction(0)),
        ("numeric", "−18.75", Fraction(0)),
        ("numeric", "about 18", Fraction(0)),
        ("numeric", "   ", Fraction(0)),
        ("fill", ["客户"], Fraction(1)),
        ("fill", [" 用 户　"], Fraction(1)),
        ("fill", ["店主"], Fraction(0)),
        ("fill", [" "], Fraction(0)),
        ("ordering", [0, 1, 2], Fraction(1)),
        ("ordering", [0, 2, 1], Fraction(0)),
        ("matching", [1, 0], Fraction(1)),
        ("matching", [1, 1], Fraction(1, 2)),
        ("matching", [1, None], Fraction(1, 2)),
        ("matching", [None, None], Fraction(0)),
        ("short", "  ", Fraction(0)),
    ],
)
def test_answers_earn(name, value, expected):
    assert score(name, value) == expected


def test_a_negative_number_is_read_with_any_minus():
    key = {"value": "-10", "tolerance": "0.05"}

    earned = {
        typed: score("numeric", typed, content={"unit": "%"}, key=key)
        for typed in ["-10", "−10.0", "－１０", "–10 %", "10"]
    }

    assert earned == {"-10": 1, "−10.0": 1, "－１０": 1, "–10 %": 1, "10": 0}


def test_hand_marked_types_are_never_scored_by_machine():
    with pytest.raises(RuleError) as error:
        score("short", "一段话")

    assert error.value.code == "hand_marked"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("single", 4, "index"),
        ("single", -1, "index"),
        ("single", True, "index"),
        ("single", "1", "index"),
        ("multiple", 1, "list"),
        ("multiple", [1, 1], "repeated"),
        ("multiple", [9], "index"),
        ("true_false", 1, "bool"),
        ("numeric", 18, "text"),
        ("numeric", "9" * 65, "long"),
        ("numeric", "1\x00", "character"),
        ("fill", "用户", "blanks"),
        ("fill", ["a", "b"], "blanks"),
        ("fill", [1], "text"),
        ("ordering", [0, 1], "order"),
        ("ordering", [0, 1, 1], "repeated"),
        ("matching", [1], "pairs"),
        ("matching", {"0": 1}, "pairs"),
        ("matching", [2, 0], "index"),
        ("short", ["text"], "text"),
        ("case", "字" * 20_001, "long"),
    ],
)
def test_a_wrong_answer_form_is_refused_by_name(name, value, code):
    with pytest.raises(RuleError) as error:
        RULES[name].clean(BODIES[name][0], value)

    assert error.value.code == code


@pytest.mark.parametrize(
    ("name", "content", "key", "code"),
    [
        ("single", {}, {"right": 0}, "texts"),
        ("single", {"options": ["甲", " "]}, {"right": 0}, "texts"),
        ("single", {"options": ["甲"]}, {"right": 0}, "count"),
        ("single", {"options": ["甲", "甲 "]}, {"right": 0}, "repeated"),
        ("single", {"options": ["甲", "乙"]}, {"right": 2}, "index"),
        ("multiple", {"options": ["甲", "乙"]}, {"right": []}, "no_right"),
        ("true_false", {}, {"right": "yes"}, "bool"),
        ("numeric", {"unit": 3}, {"value": "1", "tolerance": "0"}, "text"),
        ("numeric", {}, {"value": 1.5, "tolerance": "0"}, "number"),
        ("numeric", {}, {"value": "NaN", "tolerance": "0"}, "number"),
        ("numeric", {}, {"value": "x", "tolerance": "0"}, "number"),
        ("numeric", {}, {"value": "1", "tolerance": "-1"}, "tolerance"),
        ("fill", {"blanks": 2}, {"accepted": [["a"]]}, "blanks"),
        ("fill", {"blanks": 1}, {"accepted": "a"}, "blanks"),
        ("fill", {"blanks": 1}, {"accepted": [[]]}, "accepted"),
        ("fill", {"blanks": 1}, {"accepted": [[" "]]}, "accepted"),
        ("ordering", {"options": ["一", "二"]}, {"order": [0]}, "order"),
        ("matching", {"left": ["A", "B"], "right": ["1", "2"]}, {"pairs": [0]}, "pairs"),
        ("matching", {"left": ["A", "B"], "right": ["1", "2"]}, {"pairs": [0, 5]}, "index"),
        ("short", {}, {"points": []}, "points"),
        ("short", {}, {"points": [{"point": " ", "mark": "1"}]}, "points"),
        ("short", {}, {"points": [{"point": "要点", "mark": "0"}]}, "points"),
        ("short", {}, {"points": [{"point": "要点", "mark": "x"}]}, "points"),
        ("case", {}, {"points": [{"point": "要点", "mark": 3}]}, "points"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(name, content, key, code):
    with pytest.raises(RuleError) as error:
        RULES[name].check(content, key)

    assert error.value.code == code


@given(st.permutations(range(4)), st.integers(0, 3))
def test_single_scores_what_was_seen_not_where_it_stood(order, place):
    assert score("single", place, order=order) == (order[place] == 1)


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_multiple_gives_a_share_and_never_for_a_wrong_choice(order, places):
    chosen = {order[place] for place in places}

    expected = Fraction(len(chosen), 2) if chosen <= {0, 2} else 0

    assert score("multiple", list(places), order=order) == expected


@given(st.permutations(range(3)))
def test_ordering_is_right_in_any_shuffle(order):
    places = [order.index(index) for index in [0, 1, 2]]

    assert score("ordering", places, order=order) == 1


@given(st.permutations(range(2)))
def test_matching_is_right_in_any_shuffle(order):
    assert score("matching", [order.index(1), order.index(0)], order=order) == 1


def test_points_given_make_a_fraction():
    key = BODIES["case"][1]

    assert fraction_from_points(key, [Decimal("4.5"), Decimal(10)]) == Fraction(145, 160)


@pytest.mark.parametrize("given_points", [["1"], ["7", "0"], ["-1", "0"], ["NaN", "0"]])
def test_points_outside_what_may_be_had_are_refused(given_points):
    with pytest.raises(RuleError) as error:
        fraction_from_points(BODIES["case"][1], [Decimal(point) for point in given_points])

    assert error.value.code == "points"


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        (
            "【材料】甲（乙）。\n【问题】（1）多少？（2）年毛利（含税）？",
            ("甲（乙）。", ["多少？", "年毛利（含税）？"]),
        ),
        ("只有材料。", ("只有材料。", [])),
        ("材料【问题】说说看", ("材料【问题】说说看", [])),
        ("材料【问题】先看（1）多少？", ("材料【问题】先看（1）多少？", [])),
    ],
)
def test_a_case_is_split_into_material_and_questions(stem, expected):
    assert split_case(stem) == expected
