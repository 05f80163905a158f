from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.errors import RuleError
from exams.rules.question_types import RULES
from exams.rules.question_types.cloze import split_gaps
from tests.factories.exams import BODIES, STEMS

RULE = RULES["cloze"]
CONTENT, KEY = BODIES["cloze"]


def score(value, order=(0, 1, 2), **changes):
    content = {**CONTENT, **changes}
    return RULE.fraction(content, KEY, RULE.clean(content, value), order)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([2, "复购率", "31.25%"], Fraction(1)),
        ([2, None, None], Fraction(1, 4)),
        ([None, " 回购 率", ""], Fraction(1, 4)),
        ([0, "不知道", "３１．２５"], Fraction(1, 2)),
        ([0, "x", "0"], Fraction(0)),
        ([None, " ", ""], Fraction(0)),
        (None, Fraction(0)),
    ],
)
def test_each_gap_earns_its_weight(value, expected):
    assert score(value) == expected


def test_open_gaps_are_no_answer():
    assert RULE.clean(CONTENT, [None, "", " "]) is None
    assert RULE.clean(CONTENT, [None, "a", " "]) == [None, "a", None]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("x", "gaps"), ([1, 2], "gaps"), ([3, None, None], "index"), (["0", None, None], "index"),
        ([0, 5, None], "text"), ([0, "a", 3], "text"), ([0, "a" * 201, None], "long"),
        ([0, "a", "\x00"], "character"), ({}, "gaps"),
    ],
)  # fmt: skip
def test_a_wrong_answer_form_is_refused(value, code):
    with pytest.raises(RuleError) as error:
        RULE.clean(CONTENT, value)

    assert error.value.code == code


TWO = {
    "gaps": [
        {"kind": "choice", "weight": "1", "options": ["甲", "乙"]},
        {"kind": "fill", "weight": "1"},
        {"kind": "choice", "weight": "0.5", "options": ["子", "丑", "寅"]},
    ]
}
TWO_KEY = {"answers": [{"right": 1}, {"accepted": ["a"]}, {"right": 0}]}


@pytest.mark.law
@given(st.permutations(range(5)))
def test_gaps_are_right_in_any_shuffle_and_shuffled_each_by_itself(order):
    shown = RULE.shown(TWO, order)["gaps"]
    value = [shown[0]["options"].index("乙"), "a", shown[2]["options"].index("子")]

    assert RULE.fraction(TWO, TWO_KEY, RULE.clean(TWO, value), order) == 1
    assert [sorted(gap.get("options", [])) for gap in shown] == [
        ["乙", "甲"], [], sorted(["子", "丑", "寅"]),
    ]  # fmt: skip


def test_no_weight_and_no_answer_is_shown():
    assert RULE.shown(CONTENT, range(3)) == {
        "gaps": [
            {"kind": "choice", "options": ["甲", "乙", "丙"]},
            {"kind": "fill"},
            {"kind": "numeric", "unit": "%"},
        ],
        "scoring": "share",
    }


def gaps(*changes):
    return {"gaps": [{**CONTENT["gaps"][1], **change} for change in changes]}


@pytest.mark.parametrize(
    ("content", "key", "code"),
    [
        ({}, KEY, "gaps"),
        ({"gaps": []}, {"answers": []}, "gaps"),
        ({"gaps": [{}] * 21}, {"answers": [{}] * 21}, "gaps"),
        (CONTENT, {"answers": KEY["answers"][:2]}, "gaps"),
        (CONTENT, {}, "gaps"),
        ({"gaps": ["x"]}, {"answers": [{}]}, "gaps"),
        ({"gaps": [{}]}, {"answers": ["x"]}, "gaps"),
        (gaps({"kind": "poem"}), {"answers": [{}]}, "gaps"),
        (gaps({"kind": []}), {"answers": [{}]}, "gaps"),
        (gaps({"weight": "0"}), {"answers": [{}]}, "gaps"),
        (gaps({"weight": "101"}), {"answers": [{}]}, "gaps"),
        (gaps({"weight": "0.001"}), {"answers": [{}]}, "gaps"),
        (gaps({"weight": 1}), {"answers": [{}]}, "gaps"),
        (gaps({}), {"answers": [{}]}, "accepted"),
        (gaps({}), {"answers": [{"accepted": [" "]}]}, "accepted"),
        (gaps({"kind": "numeric"}), {"answers": [{}]}, "number"),
        (gaps({"kind": "choice"}), {"answers": [{}]}, "texts"),
    ],
)
def test_a_cloze_that_cannot_be_asked_is_refused(content, key, code):
    with pytest.raises(RuleError) as error:
        RULE.check(content, key)

    assert error.value.code == code


@pytest.mark.parametrize("stem", ["[[1]][[2]]", "[[1]][[2]][[2]][[3]]", "[[1]][[2]][[4]]", ""])
def test_every_gap_stands_in_the_stem_once(stem):
    with pytest.raises(RuleError) as error:
        RULE.check_stem(stem, CONTENT)

    assert error.value.code == "stem"
    assert RULE.check_stem(STEMS["cloze"], CONTENT) is None


def test_a_stem_is_split_at_its_gaps():
    assert split_gaps("甲[[2]]乙[[1]]") == [("甲", 2), ("乙", 1), ("", 0)]
    assert split_gaps("没有[1]") == [("没有[1]", 0)]


@pytest.mark.law
@given(
    st.lists(st.integers(1, 10000), min_size=1, max_size=8).flatmap(
        lambda weights: st.tuples(
            st.just(weights),
            st.lists(
                st.sampled_from([None, "a", "b"]), min_size=len(weights), max_size=len(weights)
            ),
        )
    ),
    st.sampled_from(["share/1", "all_or_nothing/1"]),
)
def test_a_cloze_is_bounded_and_one_more_right_gap_never_costs(case, rule):
    weights, value = case
    content = {
        "gaps": [{"kind": "fill", "weight": f"{w / 100:.2f}"} for w in weights], "scoring": rule
    }  # fmt: skip
    key = {"answers": [{"accepted": ["a"]}] * len(weights)}
    RULE.check(content, key)

    def earn(answer):
        return RULE.fraction(content, key, RULE.clean(content, answer), [])

    assert 0 <= earn(value) <= earn(["a", *value[1:]]) <= 1
    assert earn(["a"] * len(weights)) == 1
