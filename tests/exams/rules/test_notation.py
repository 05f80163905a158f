import json
from pathlib import Path

import pytest

from exams.formats.bank_jsonl import BODIES as FILE_BODIES
from exams.rules.errors import RuleError
from exams.rules.notation import from_text, to_text
from exams.rules.question_types import RULES
from tests.factories.exams import BODIES

BANK = Path(__file__).parents[3] / "demo" / "questions.jsonl"


@pytest.mark.parametrize("name", RULES)
def test_what_is_written_is_read_back(name):
    text = to_text(name, *BODIES[name])

    assert to_text(name, *from_text(name, text)) == text


def test_the_text_of_every_question_of_the_bank_keeps_its_text():
    rows = [json.loads(line) for line in BANK.read_text().splitlines()]
    texts = [(row["type"], to_text(row["type"], *FILE_BODIES[row["type"]](row))) for row in rows]

    assert [to_text(type_, *from_text(type_, text)) for type_, text in texts] == [
        text for _, text in texts
    ]


@pytest.mark.parametrize(
    ("name", "text", "content", "key"),
    [
        ("single", "甲\n＊乙", {"options": ["甲", "乙"]}, {"right": 1}),
        ("true_false", "错", {}, {"right": False}),
        ("true_false", "* 正确\n错误", {}, {"right": True}),
        ("numeric", "−3.5", {"unit": ""}, {"value": "-3.5", "tolerance": "0"}),
        (
            "matching",
            "A ＝ 1\nB = 2\n= 3",
            {"left": ["A", "B"], "right": ["1", "2", "3"]},
            {"pairs": [0, 1]},
        ),
        (
            "calculated",
            "a | １ | 9 | 2\n售价 | −3 | -1 | 0.5\n＝ a × 售价 ｜ １% ｜ ２ ｜ 元",
            {
                "parameters": {
                    "a": {"least": "1", "most": "9", "step": "2"},
                    "售价": {"least": "-3", "most": "-1", "step": "0.5"},
                },
                "unit": "元",
            },
            {"formula": "a × 售价", "tolerance": "1%", "rounding": 2},
        ),
        (
            "calculated",
            "a | 1 | 9 | 2\n= a",
            {"parameters": {"a": {"least": "1", "most": "9", "step": "2"}}, "unit": ""},
            {"formula": "a", "tolerance": "0", "rounding": None},
        ),
        (
            "cloze",
            "choice | 1 | 甲 | ＊ 乙\n填空 | ２ | 用户 | 客户\n数值 | 0.5 | 3",
            {
                "gaps": [
                    {"kind": "choice", "weight": "1", "options": ["甲", "乙"]},
                    {"kind": "fill", "weight": "2"},
                    {"kind": "numeric", "weight": "0.5", "unit": ""},
                ]
            },
            {
                "answers": [
                    {"right": 1},
                    {"accepted": ["用户", "客户"]},
                    {"value": "3", "tolerance": "0"},
                ]
            },
        ),
        (
            "short",
            "要点 ｜ 3 ｜ 联系、替代，延期",
            {},
            {"points": [{"point": "要点", "keywords": ["联系", "替代", "延期"], "mark": "3"}]},
        ),
    ],
)
def test_a_text_is_read(name, text, content, key):
    assert from_text(name, text) == (content, key)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("single", "甲\n乙", "right"),
        ("single", "*甲\n*乙", "right"),
        ("true_false", "也许", "right"),
        ("true_false", "正确\n错误", "right"),
        ("numeric", "", "number"),
        ("fill", "", "blanks"),
        ("matching", "A B\nC = D", "pairs"),
        ("short", "", "points"),
        ("calculated", "", "formula"),
        ("calculated", "a | 1 | 9 | 1", "formula"),
        ("calculated", "a | 1\n= a", "parameters"),
        ("calculated", "a | 1 | 9 | 1\na | 1 | 8 | 1\n= a", "parameters"),
        ("calculated", "a | 1 | 9 | 1\n= a | 0 | 二", "rounding"),
        ("calculated", "a | 1 | 9 | 1\n= a | 0 | 12", "rounding"),
        ("cloze", "", "gaps"),
        ("cloze", "诗 | 1 | 甲", "gaps"),
        ("cloze", "填空", "gaps"),
        ("cloze", "选择 | 1 | 甲 | 乙", "right"),
        ("cloze", "填空 | 1", "accepted"),
        ("cloze", "数值 | 1", "number"),
    ],
)
def test_a_text_that_makes_no_question_is_refused(name, text, code):
    with pytest.raises(RuleError) as error:
        from_text(name, text)

    assert error.value.code == code


def test_a_spare_entry_is_written_back():
    content, key = from_text("matching", "A = 1\nB = 2\n= 3")

    assert to_text("matching", content, key) == "A = 1\nB = 2\n= 3"


def test_two_left_sides_may_share_a_right_side():
    content, key = from_text("matching", "A = 1\nB = 1\nC = 2")

    assert content["right"] == ["1", "2"]
    assert key == {"pairs": [0, 0, 1]}


def test_a_scoring_rule_goes_into_the_content():
    content, _ = from_text("multiple", "* 甲\n乙", "half_when_under/1")

    assert content == {"options": ["甲", "乙"], "scoring": "half_when_under/1"}
    with pytest.raises(RuleError):
        from_text("single", "* 甲\n乙", "half_when_under/1")
