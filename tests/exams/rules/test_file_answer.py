import pytest
from hypothesis import given

from exams.choices import QuestionType
from exams.rules.errors import RuleError
from exams.rules.question_types import RULES
from exams.rules.question_types.file import FileRule
from tests.exams.rules.json_values import ANY

RULE = FileRule()
CONTENT = {"kinds": ["csv", "xlsx"], "most": 2}
KEY = {"points": [{"point": "口径正确", "keywords": [], "mark": "6"}]}


def file(**changes):
    return {"name": "表.csv", "kind": "csv", "digest": "a" * 64, "bytes": 9, **changes}


def test_it_is_not_drawn_before_it_can_be_answered():
    assert "file" not in RULES
    assert "file" not in QuestionType.values


def test_files_are_an_answer_that_a_person_marks():
    two = [file(), file(digest="b" * 64, name=" 二.xlsx ", kind="xlsx", note="x")]

    assert RULE.check(CONTENT, KEY) is None
    assert RULE.hand_marked is True
    assert RULE.clean(CONTENT, two) == [file(), file(digest="b" * 64, name="二.xlsx", kind="xlsx")]
    assert RULE.shown({**CONTENT, "canary": 1}, []) == CONTENT
    assert (RULE.clean(CONTENT, None), RULE.clean(CONTENT, [])) == (None, None)
    assert RULE.fraction(CONTENT, KEY, None, []) == 0


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("x", "files"), ([file()] * 3, "files"), ([file(), file()], "repeated"), ([3], "text"),
        ([file(kind="pdf")], "kind"), ([file(kind=[])], "kind"),
        ([file(digest="z" * 64)], "digest"),
        ([file(digest=None)], "digest"), ([file(bytes=0)], "size"), ([file(bytes=True)], "size"),
        ([file(bytes="9")], "size"), ([file(bytes=10**9)], "size"),
        ([file(name="a" * 121)], "long"),
    ],
)  # fmt: skip
def test_a_wrong_answer_form_is_refused(value, code):
    with pytest.raises(RuleError) as error:
        RULE.clean(CONTENT, value)

    assert error.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kinds": []}, "kinds"), ({"kinds": "csv"}, "kinds"), ({"kinds": ["exe"]}, "kinds"),
        ({"most": 0}, "most"), ({"most": True}, "most"), ({"most": "2"}, "most"),
        ({"most": 11}, "most"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_is_refused(changes, code):
    with pytest.raises(RuleError) as error:
        RULE.check({**CONTENT, **changes}, KEY)

    assert error.value.code == code


@pytest.mark.law
@given(ANY)
def test_any_json_is_an_answer_or_refused(value):
    try:
        cleaned = RULE.clean(CONTENT, value)
    except RuleError:
        return
    assert cleaned is None
