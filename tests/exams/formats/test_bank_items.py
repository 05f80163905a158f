from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.formats import gift, moodle_xml
from exams.formats.bank_export import WRITERS, from_bank
from exams.formats.bank_items import BankQuestion, to_bank
from exams.formats.items import ItemError, Text
from exams.formats.plain import plain_text
from tests.factories.exams import BODIES


def bank(text):
    outcome = gift.read(text.encode())
    assert outcome.errors == ()
    return to_bank(outcome.questions[0])


@pytest.mark.parametrize(
    ("text", "type_", "content", "key"),
    [
        ("?{=a ~b}", "single", {"options": ["a", "b"]}, {"right": 0}),
        ("?{~%50%a ~%-100%b ~%50%c}", "multiple", {"options": ["a", "b", "c"]}, {"right": [0, 2]}),
        ("?{T}", "true_false", {}, {"right": True}),
        ("?{=Frog =%0%*#no}", "fill", {"blanks": 1}, {"accepted": [["Frog"]]}),
        ("?{#3:2~#no}", "numeric", {"unit": ""}, {"value": "3", "tolerance": "2"}),
        ("?{=a -> 1 =b -> 2 = -> 3}", "matching", {"left": ["a", "b"], "right": ["1", "2", "3"]},
         {"pairs": [0, 1]}),
        ("?{> ALL ALL_OR_NOTHING\na\nb}", "ordering", {"options": ["a", "b"]}, {"order": [0, 1]}),
        ("?{}", "short", {}, {"points": [{"point": "整体作答", "keywords": [], "mark": "1"}]}),
    ],
)  # fmt: skip
def test_what_is_scored_the_same_comes_along(text, type_, content, key):
    question = bank(text)

    assert (question.type, question.content, question.key) == (type_, content, key)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("说明", "type description cannot be scored here"),
        ("?{=a =b ~c}", "a single choice here has one right option"),
        ("?{=a ~%50%b}", "a single choice here has one right option"),
        ("?{=a ~%-50%b}", "a single choice here has one right option"),
        ("?{~%60%a ~%40%b}", "worth the same"),
        ("?{~%50%a ~%50%b ~c}", "the file takes less away"),
        ("?{=a =%50%b}", "the whole mark or nothing"),
        ("?{=a*}", "here * stands for itself"),
        ("?{=a b =%0%ab}", "differ only in blanks or width"),
        ("?{#=1 =2}", "one right value"),
        ("?{#*}", "one right value"),
        ("?{#=1:0 =%0%2}", "one right value"),
        ("?{=a -> 1 =a -> 2}", "has the same text twice"),
        ("?{>2 RANDOM ALL_OR_NOTHING\na\nb\nc}", "asks all parts"),
        ("?{>3 ALL ABSOLUTE\na\nb\nc}", "asks all parts"),
    ],
)
def test_what_is_scored_otherwise_is_refused(text, reason):
    with pytest.raises(ItemError, match="line 1: ") as error:
        bank(text)

    assert reason in str(error.value)


def xml(kind, inner, mark="1"):
    source = (
        f'<quiz><question type="{kind}"><questiontext><text>?</text></questiontext>'
        f"<defaultgrade>{mark}</defaultgrade>{inner}</question></quiz>"
    )
    outcome = moodle_xml.read(source.encode())
    assert outcome.errors == ()
    return outcome.questions[0]


RIGHT = '<answer fraction="100"><text>1</text></answer>'


@pytest.mark.parametrize(
    ("kind", "inner", "mark", "reason"),
    [
        ("ddmarker", "", "1", "type ddmarker cannot be scored here"),
        ("shortanswer", "<usecase>1</usecase>" + RIGHT, "1", "letter case never matters"),
        ("numerical", "<unitgradingtype>1</unitgradingtype>" + RIGHT, "1", "one unit at most"),
        ("numerical", "<units><unit><multiplier>100</multiplier><unit_name>m</unit_name></unit>"
         "</units>" + RIGHT, "1", "one unit at most"),
        ("essay", "<attachmentsrequired>1</attachmentsrequired>", "1", "by file"),
        ("essay", "<responseformat>noinline</responseformat>", "1", "by file"),
        ("essay", "", "0", "the mark 0 is not from"),
        ("essay", "", "0.333", "the mark 0.333 is not from"),
        ("essay", "", "10000", "the mark 10000 is not from"),
    ],
)  # fmt: skip
def test_what_moodle_xml_asks_otherwise_is_refused(kind, inner, mark, reason):
    with pytest.raises(ItemError) as error:
        to_bank(xml(kind, inner, mark))

    assert reason in str(error.value)


def test_feedback_becomes_the_explanation_and_what_is_left_behind_is_named():
    item = xml(
        "truefalse",
        '<answer fraction="100"><text>true</text><feedback><text>好</text></feedback></answer>'
        '<answer fraction="0"><text>false</text></answer><file name="a.png">eA==</file>'
        "<generalfeedback><text>总</text></generalfeedback><hint><text>h</text></hint>"
        "<tags><tag><text>t</text></tag></tags>",
    )

    question = to_bank(item)

    assert question.explanation == "总\n正确：好"
    assert [str(note).partition(":")[0] for note in question.notes] == ["left behind"] * 3
    assert "a.png" in str(question.notes[0])


@pytest.mark.parametrize(
    ("text", "format_", "plain"),
    [
        ("<p>甲<br>乙</p> <ul><li>丙</li></ul>", "html", "甲\n乙\n丙"),
        ("a &lt; b <script>x</script><!-- c --><b>d</b>", "html", "a < b d"),
        ('<img src="http://x/y" alt="曲线"><img src=1>', "html", "[曲线][img]"),
        ("1 < 2 <客单价>", "html", "1 < 2 <客单价>"),
        ("a\nb", "html", "a b"),
        ("a\nb <i>c</i>", "moodle", "a\nb c"),
        ("a < b\n<x", "moodle", "a < b\n<x"),
        ("<b>x</b>", "plain", "<b>x</b>"),
        ("**x**", "markdown", "**x**"),
    ],
)
def test_plain_words(text, format_, plain):
    assert plain_text(Text(text, format_)) == plain


def test_a_guide_written_as_ours_gives_its_points():
    guide = "<graderinfo format='plain_text'><text>要点一 | 1 | 甲\n要点二 | 2</text></graderinfo>"

    points = to_bank(xml("essay", guide, "3")).key["points"]
    whole = to_bank(xml("essay", guide, "4")).key["points"]

    assert [(p["point"], p["mark"], p["keywords"]) for p in points] == [
        ("要点一", "1", ["甲"]), ("要点二", "2", []),
    ]  # fmt: skip
    assert [point["mark"] for point in whole] == ["4"]


MARKS = {"short": Decimal(8), "case": Decimal(16)}


@pytest.mark.parametrize("kind", WRITERS)
def test_every_type_of_ours_goes_out_in_moodle_xml_and_comes_back(kind):
    content, key = BODIES[kind]
    ours = BankQuestion(kind, "题干\n第二行", content, key, MARKS.get(kind, Decimal(2)), "解析")

    written = moodle_xml.write([from_bank(ours, code="Q-1")])
    back = to_bank(moodle_xml.read(written.text.encode()).questions[0])

    assert written.errors == ()
    again = from_bank(back, code="Q-1")
    assert again == from_bank(ours, code="Q-1")
    assert (back.type, back.stem, back.mark, back.explanation) == (
        kind, ours.stem, ours.mark, ours.explanation,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "content", "key"),
    [
        ("calculated", {}, {}),
        ("fill", {"blanks": 2}, {"accepted": [["a"], ["b"]]}),
        ("numeric", {}, {"value": "9" * 50, "tolerance": "0"}),
        ("single", {"options": [" a", "b"]}, {"right": 0}),
        ("multiple", {"options": ["a", "b"], "scoring": "all_or_nothing"}, {"right": [0]}),
        ("ordering", {"options": ["a", "b"], "scoring": "other"}, {"order": [0, 1]}),
        ("short", {}, {"points": [{"point": "a|b", "keywords": [], "mark": "1"}]}),
    ],
)
def test_what_no_file_can_say_is_refused(kind, content, key):
    with pytest.raises(ItemError):
        from_bank(BankQuestion(kind, "?", content, key, Decimal(1)), code="Q")


OPTIONS = st.lists(st.text("甲乙丙丁ab1*~=#{}\\", min_size=1, max_size=6), min_size=2, max_size=6,
                   unique=True)  # fmt: skip


@given(OPTIONS, st.data())
def test_choices_of_the_bank_come_back_from_both_formats(options, data):
    right = data.draw(
        st.lists(st.integers(0, len(options) - 1), min_size=1, unique=True).map(sorted)
    )
    kind = data.draw(st.sampled_from(["single", "multiple"]))
    key = {"right": right[0] if kind == "single" else right}
    ours = BankQuestion(kind, "题", {"options": options}, key, Decimal(1))

    item = from_bank(ours, code="Q")

    for module in (gift, moodle_xml):
        found = module.read(module.write([item]).text.encode()).questions
        assert to_bank(found[0]) == replace(ours, mark=Decimal("1.00"))


def test_a_share_that_no_percentage_says_is_refused():
    item = gift.read(b"?{~%50%a ~%50%b}").questions[0]
    odd = [replace(a, fraction=share) for a, share in zip(
        item.answers, [Fraction(1, 13), Fraction(12, 13)], strict=True)]  # fmt: skip

    for module in (gift, moodle_xml):
        written = module.write([replace(item, answers=tuple(odd))])
        assert "cannot be written as a percentage" in str(written.errors[0].reason)
