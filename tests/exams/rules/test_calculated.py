from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.errors import RuleError
from exams.rules.figures import all_values, draw_figures, read_parameters
from exams.rules.papers import item_content
from exams.rules.question_types import RULES
from exams.rules.question_types.calculated import read_tolerance, right_value
from tests.factories.exams import BODIES

RULE = RULES["calculated"]
CONTENT, KEY = BODIES["calculated"]


def parameter(least="1", most="9", step="1"):
    return {"least": least, "most": most, "step": step}


def question(formula="a", tolerance="0", rounding=None, unit="", **parameters):
    content = {"parameters": parameters or {"a": parameter()}, "unit": unit}
    return content, {"formula": formula, "tolerance": tolerance, "rounding": rounding}


def drawn(content, seed="seed", position=1):
    return item_content("calculated", content, paper_seed=seed, position=position)


def test_a_seed_has_its_figures_for_ever():
    assert drawn(CONTENT, "2026")["figures"] == {"a": "400", "b": "2.0"}
    assert drawn(CONTENT, "2026", 2)["figures"] == {"a": "100", "b": "1.0"}


@pytest.mark.law
@given(st.text(max_size=20))
def test_figures_stand_on_their_grid_and_the_order_of_parameters_does_not_matter(seed):
    turned = dict(reversed(CONTENT["parameters"].items()))

    figures = draw_figures(read_parameters(CONTENT["parameters"]), seed)

    assert figures == draw_figures(read_parameters(turned), seed)
    assert Fraction(figures["a"]) in {Fraction(n * 100) for n in range(1, 10)}
    assert Fraction(figures["b"]) in {Fraction(n, 2) for n in range(1, 11)}
    assert len(figures["b"]) == 3


def test_candidates_have_different_figures():
    seen = {tuple(drawn(CONTENT, str(n))["figures"].values()) for n in range(200)}

    assert len(seen) > 60


def test_the_stem_shows_the_own_figures():
    content = drawn(CONTENT, "2026")

    assert RULE.worded("售价{a}元，佣金{b}%，{c}", content) == "售价400元，佣金2.0%，{c}"
    assert RULE.shown(content, []) == {"unit": "元"}


@pytest.mark.law
@given(st.text(max_size=20))
def test_every_candidate_can_be_right_and_nobody_by_zero(seed):
    content = drawn(CONTENT, seed)
    right = right_value(content, KEY)

    assert RULE.fraction(content, KEY, f"{float(right):.2f}元", []) == 1
    assert RULE.fraction(content, KEY, "0", []) == 0


@pytest.mark.parametrize(
    ("tolerance", "typed", "earned"),
    [
        ("0", "8.01", 0), ("0", "8.00", 1), ("0", "８．０", 1), ("0.01", "8.01", 1),
        ("0.01", "8.02", 0), ("10%", "8.8", 1), ("１０％", "8.81", 0), ("0", "four", 0),
        ("0", "  ", 0),
    ],
)  # fmt: skip
def test_an_answer_earns_by_the_own_figures(tolerance, typed, earned):
    content, key = drawn(CONTENT, "2026"), {**KEY, "tolerance": tolerance}

    assert RULE.fraction(content, key, RULE.clean(content, typed), []) == earned


def test_the_value_is_rounded_before_it_is_compared():
    content = {**question("a ÷ 3")[0], "figures": {"a": "2"}}

    assert right_value(content, {"formula": "a ÷ 3", "rounding": 2}) == Fraction(67, 100)
    assert right_value(content, {"formula": "a ÷ 3"}) == Fraction(2, 3)


def test_an_answer_is_never_scored_without_figures():
    with pytest.raises(RuleError) as error:
        RULE.fraction(CONTENT, KEY, "1", [])

    assert error.value.code == "figures"


@pytest.mark.parametrize(
    "body",
    [
        question("a"),
        question("a ÷ 4", rounding=2),
        question("a ÷ 3", tolerance="0.01"),
        question("a ÷ 3", tolerance="1%"),
        question("1 ÷ (a - 10)", rounding=1),
        question("a - 5"),
        question("a × 2.5%", a=parameter("1000", "900000", "10"), unit="元"),
        question("a / b", rounding=2, a=parameter("1", "99999"), b=parameter("1", "99999")),
        question("a", a=parameter("5", "5", "1"), b=parameter("-3", "-1", "0.5")),
        question("a", a=parameter("1", "10", "4")),
    ],
)
def test_a_question_that_can_be_asked_is_taken(body):
    assert RULE.check(*body) is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (question("a b"), "formula"),
        (question("a + c"), "formula"),
        (question("1 + 1"), "formula"),
        (question("1 ÷ (a - 5)", tolerance="0.01"), "zero"),
        (question("a ÷ (b - 50)", rounding=1, a=parameter(), b=parameter("1", "500")), "zero"),
        (
            question("1 ÷ (a - b)", rounding=1, a=parameter("1", "99"), b=parameter("1", "99")),
            "zero",
        ),
        (question("a ÷ 3"), "rounding"),
        (question("a ÷ 4", a=parameter("1", "99999")), "rounding"),
        (question("a", rounding=7), "rounding"),
        (question("a", rounding=True), "rounding"),
        (question("a", rounding="2"), "rounding"),
        (question("a", tolerance="1"), "tolerance"),
        (question("a - 5", tolerance="0.01"), "tolerance"),
        (question("a - 5", tolerance="1%"), "tolerance"),
        (question("a ÷ 1000", tolerance="0.01", rounding=2), "tolerance"),
        (question("a - 500", tolerance="0.1", a=parameter("1", "99999")), "tolerance"),
        (question("a", tolerance="-1"), "tolerance"),
        (question("a", tolerance="51%"), "tolerance"),
        (question("a", tolerance="x"), "tolerance"),
        (question("a", tolerance=1), "tolerance"),
        (question("a × a", a=parameter("1", "999999999999", "99999999")), "large"),
        (question("a", unit="元" * 21), "long"),
        (question("a", a=parameter("9", "1")), "parameters"),
        (question("a", a=parameter(step="0")), "parameters"),
        (question("a", a=parameter(step="1e-9")), "parameters"),
        (question("a", a=parameter(least=1)), "parameters"),
        (question("a", a=parameter(most="9999999999999")), "parameters"),
        (question("a", a=parameter("0", "99999", "0.01")), "parameters"),
        (question("a", a=[1]), "parameters"),
        (question("min", min=parameter()), "parameters"),
        (question("a", **{"a b": parameter()}), "parameters"),
        (question("a", **{f"a{n}": parameter() for n in range(9)}), "parameters"),
        (({"parameters": {}}, KEY), "parameters"),
        (({"parameters": [1]}, KEY), "parameters"),
        (({}, KEY), "parameters"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(body, code):
    with pytest.raises(RuleError) as error:
        RULE.check(*body)

    assert error.value.code == code


@pytest.mark.parametrize(
    ("stem", "words"),
    [("售价{a}元", "{b}"), ("售价{a}、{b}、{c}", "{c}"), ("没有", "{a}")],
)
def test_a_stem_without_every_figure_is_refused(stem, words):
    with pytest.raises(RuleError) as error:
        RULE.check_stem(stem, CONTENT)

    assert error.value.code == "stem"
    assert words in str(error.value)


def test_a_stem_with_every_figure_is_taken():
    assert RULE.check_stem("售价{a}元，{b}%。再说一次{a}。", CONTENT) is None


def test_few_draws_are_tried_one_by_one_and_many_as_ranges():
    few = read_parameters({"a": parameter("1", "10"), "b": parameter("1", "100")})
    many = read_parameters({"a": parameter("1", "10"), "b": parameter("1", "101")})

    assert (len(list(all_values(few))), len(list(all_values(many)))) == (1000, 1)


GRIDS = st.tuples(st.integers(-20, 20), st.integers(0, 6), st.integers(1, 5)).map(
    lambda g: parameter(str(g[0]), str(g[0] + g[1] * g[2]), str(g[2]))
)
FORMULAS = st.sampled_from(
    ["a × b", "a ÷ b", "a - b", "1 ÷ (a - b)", "a ÷ abs(b)", "round(a ÷ 7, 1) + b", "max(a, b)%"]
)


@pytest.mark.law
@given(GRIDS, GRIDS, FORMULAS, st.sampled_from(["0", "0.5", "2%"]), st.text(max_size=5))
def test_whatever_is_taken_can_be_answered_by_everybody(a, b, formula, tolerance, seed):
    content, key = question(formula, tolerance, 2, a=a, b=b)
    try:
        RULE.check(content, key)
    except RuleError:
        return
    own = drawn(content, seed)
    right = right_value(own, key)

    assert RULE.fraction(own, key, f"{float(right):.2f}", []) == 1
    if Fraction(tolerance.rstrip("%")) > 0:
        assert RULE.fraction(own, key, "0", []) == 0


def test_a_tolerance_is_an_amount_or_a_part():
    assert read_tolerance("0.05").room(Fraction(200)) == Fraction(1, 20)
    assert read_tolerance(" 2 % ").room(Fraction(-200)) == 4
