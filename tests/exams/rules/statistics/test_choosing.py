import pytest

from exams.rules.statistics import ChoiceKey
from exams.rules.statistics.choosing import choice_key, chosen_options

FOUR = {"options": ["甲", "乙", "丙", "丁"]}


@pytest.mark.parametrize(
    ("type_", "content", "key", "expected"),
    [
        ("single", FOUR, {"right": 1}, ChoiceKey(4, frozenset({1}))),
        ("multiple", FOUR, {"right": [0, 2]}, ChoiceKey(4, frozenset({0, 2}))),
        ("true_false", {}, {"right": True}, ChoiceKey(2, frozenset({0}))),
        ("true_false", {}, {"right": False}, ChoiceKey(2, frozenset({1}))),
        ("short", {}, {"points": []}, None),
    ],
)
def test_only_choice_questions_have_options(type_, content, key, expected):
    assert choice_key(type_, content, key) == expected


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("single", 0, {3}),
        ("multiple", [0, 2], {3, 0}),
        ("true_false", True, {0}),
        ("true_false", False, {1}),
        ("single", None, set()),
        ("true_false", None, set()),
        ("short", "一段话", set()),
        ("ordering", [0, 1], set()),
    ],
)
def test_an_answer_is_read_in_the_order_of_the_bank(type_, value, expected):
    assert chosen_options(type_, value, [3, 1, 0, 2]) == expected
