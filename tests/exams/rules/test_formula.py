from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.errors import RuleError
from exams.rules.formula import Formula, Span, read_formula, rounded

FIGURES = {"a": Fraction(3), "b": Fraction(-1, 4), "售价": Fraction(200)}
NUMBERS = st.tuples(st.integers(0, 999), st.integers(0, 99)).map(lambda n: f"{n[0]}.{n[1]:02d}")


def reckon(text):
    return read_formula(text).value(FIGURES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 × 3", 7),
        ("(1+2)*3", 9),
        ("8 ÷ 4 / 2", 1),
        ("7 - 2 - 1", 4),
        ("-a", -3),
        ("--a", 3),
        ("+a", 3),
        ("2 × −3", -6),
        ("5%", Fraction(1, 20)),
        ("-5%", Fraction(-1, 20)),
        ("售价 × 5% × 100", 1000),
        ("200%%", Fraction(1, 50)),
        ("（１＋２）×３％", Fraction(9, 100)),
        ("abs(b)", Fraction(1, 4)),
        ("abs(b - 1)", Fraction(5, 4)),
        ("min(a, b, 2)", Fraction(-1, 4)),
        ("max(a，b)", 3),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1÷3, 2)", Fraction(33, 100)),
        ("round(a, 6)", 3),
        ("0.125", Fraction(1, 8)),
    ],
)
def test_a_formula_is_reckoned_exactly(text, value):
    assert reckon(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", None, 3, "1" * 201, "1 +", "1 1", "a b", "(1", "1)", "()", "1,2", "2a", "a!",
        "1.", ".5", "1e3", "1.2.3", "10²", "a**2", "min(1)", "min()", "abs(1,2)", "abs 1",
        "round(1, 7)", "round(1, a)", "round(1, 1.5)", "round()", "1 // 2", "a.b",
        "__import__(1)",
        "%", "5 % 3", "1.0000001", "1234567890123456", "[1]", "max", "1 if 1 else 2", "a = 1",
        "½", "a²", "a" * 21,
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(RuleError) as error:
        read_formula(text)

    assert error.value.code == "formula"


def test_brackets_end_somewhere():
    assert reckon("(" * 20 + "1" + ")" * 20) == 1
    with pytest.raises(RuleError, match="more than 20 brackets"):
        read_formula("(" * 21 + "1" + ")" * 21)


def test_a_formula_names_what_it_asks_for():
    formula = read_formula("a × b + max(售价, a)")

    assert (formula.names, formula.divides) == ({"a", "b", "售价"}, False)
    assert read_formula("1 / 3").divides is True


@pytest.mark.parametrize("text", ["1 / 0", "1 ÷ (a - 3)", "a / round(b)", "1/(0%)"])
def test_dividing_by_zero_is_refused(text):
    with pytest.raises(RuleError) as error:
        reckon(text)

    assert error.value.code == "zero"


@pytest.mark.law
@given(st.text(max_size=40) | st.text("0123456789.+-*/()%, abminmaxround", max_size=40))
def test_no_text_breaks_the_reader(text):
    try:
        formula = read_formula(text)
    except RuleError:
        return
    assert isinstance(formula, Formula)


def trees():
    """(text, what Python's own fractions make of it)."""
    leaves = NUMBERS.map(lambda text: (text, Fraction(text))) | st.sampled_from(
        list(FIGURES.items())
    )

    def grown(each):
        return (
            st.tuples(each, each).map(lambda p: (f"({p[0][0]}+{p[1][0]})", p[0][1] + p[1][1]))
            | st.tuples(each, each).map(lambda p: (f"({p[0][0]} − {p[1][0]})", p[0][1] - p[1][1]))
            | st.tuples(each, each).map(lambda p: (f"{p[0][0]}×{p[1][0]}", p[0][1] * p[1][1]))
            | st.tuples(each, each).map(
                lambda p: (f"min({p[0][0]}, {p[1][0]})", min(p[0][1], p[1][1]))
            )
            | each.map(lambda p: (f"abs({p[0]})", abs(p[1])))
            | each.map(lambda p: (f"({p[0]})%", p[1] / 100))
        )

    return st.recursive(leaves, grown, max_leaves=6)


@pytest.mark.law
@given(trees())
def test_a_formula_says_what_pythons_fractions_say(tree):
    text, value = tree

    assert read_formula(text).value(FIGURES) == value


@pytest.mark.law
@given(
    st.sampled_from(
        [
            "a×b",
            "a-b×a",
            "abs(a)-max(b,a%)",
            "round(a×3,1)+min(a,b)",
            "-a÷(abs(b)+1)",
            "(a-b)×(a+b)",
        ]
    ),
    *[st.integers(-50, 50)] * 4,
    st.fractions(0, 1),
    st.fractions(0, 1),
)
def test_a_range_holds_every_value_of_its_points(text, a, b, c, d, part_a, part_b):
    spans = {
        "a": Span(Fraction(min(a, b)), Fraction(max(a, b))),
        "b": Span(Fraction(min(c, d)), Fraction(max(c, d))),
    }
    parts = {"a": part_a, "b": part_b}
    point = {name: span.low + parts[name] * (span.high - span.low) for name, span in spans.items()}
    formula = read_formula(text)

    found = formula.span(spans)

    assert found.low <= formula.value(point) <= found.high


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("2.345", 2, "2.35"), ("-2.345", 2, "-2.35"), ("2.3449", 2, "2.34"), ("0.5", 0, "1")],
)
def test_a_half_goes_away_from_zero(value, places, expected):
    assert rounded(Fraction(value), places) == Fraction(expected)
