import time
from decimal import Decimal
from fractions import Fraction

import pytest

from exams.formats import gift
from exams.formats.items import Answer, Item, Text


def one(text):
    outcome = gift.read(text.encode())
    assert outcome.errors == ()
    return outcome.questions[0]


def faults(text):
    return [(f.item, f.line, str(f.reason)) for f in gift.read(text.encode()).errors]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("说明文字", "description"),
        ("?{}", "essay"),
        ("?{ }", "essay"),
        ("?{T}", "truefalse"),
        ("?{错误#不对}", "truefalse"),
        ("?{1}", "shortanswer"),
        ("?{=a =b}", "shortanswer"),
        ("?{~a =b}", "multichoice"),
        ("?{#3}", "numerical"),
        ("?{=a -> b =c -> d}", "matching"),
        ("?{>\n甲\n乙}", "ordering"),
    ],
)
def test_the_braces_tell_the_type(text, type_):
    assert one(text).type == type_


def test_escapes_are_taken_back_once():
    item = one("::a\\:b:: \\{x\\} \\= \\~ \\# 1\\n2 \\\\n \\frac {T}")

    assert (item.name, item.stem.text) == ("a:b", "{x} = ~ # 1\n2 \\n \\frac")


def test_a_missing_word_leaves_a_gap():
    assert one("月活是{=MAU =月活跃用户}的缩写。").stem.text == "月活是 _____ 的缩写。"


def test_a_name_is_made_of_the_text():
    assert one("[html]<p>甲</p><p>" + "乙" * 100 + "</p>{T}").name == "甲 " + "乙" * 77 + "…"


def test_a_category_line_needs_no_blank_line_after_it():
    outcome = gift.read("$CATEGORY: $course$/top/定价\n::Q:: ?{T}\n\n::R:: ?{F}".encode())

    assert [c.path for c in outcome.categories] == ["$course$/top/定价"]
    assert [(q.name, q.category) for q in outcome.questions] == [
        ("Q", "$course$/top/定价"), ("R", "$course$/top/定价"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "tolerance"),
    [
        ("#3", "3", "0"), ("#3:0.5", "3", "0.5"), ("#1..5", "3", "2"),
        ("#-1.5..-1", "-1.25", "0.25"),
        ("#=3:2", "3", "2"), ("#1e3", "1000", "0"), ("#*", "*", "0"),
    ],
)  # fmt: skip
def test_numbers(text, value, tolerance):
    answer = one(f"?{{{text}}}").answers[0]

    assert (answer.text.text, answer.tolerance) == (value, Decimal(tolerance))


def test_several_numbers_have_their_weights():
    item = one("?{#=3:0#对 =%50%3:1#近 ~#远}")

    assert [(str(a.fraction), a.feedback.text) for a in item.answers] == [
        ("1", "对"), ("1/2", "近"), ("0", "远"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["33.333", "33.33", "33.33333"])
def test_thirds_are_thirds(text):
    item = one(f"?{{~%{text}%a ~%{text}%b ~%{text}%c ~%-100%d}}")

    assert item.answers[0].fraction == Fraction(1, 3)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("::A:: ?\n{\n=a\n\n::B:: ?{T}", 2, "the { is never closed"),
        ("::A:: x }", 1, "a } too many"),
        ("::A:: {T} {F}", 1, "a { too many"),
        ("::A ?{T}", 1, "the name is not closed with ::"),
        ("::A:: {T}", 1, "the question has no text"),
        ("::A:: ?{~a}", 1, "at least 2 answers are needed"),
        ("::A:: ?{=a ~}", 1, "an answer is empty"),
        ("::A:: ?{=a ~a}", 1, "the answer “a” comes twice"),
        ("::A:: ?{~a ~b}", 1, "full marks cannot be reached: the right answers make 0 %"),
        ("::A:: ?{~%33%a ~%33%b ~%33%c}", 1, "the right answers make 99 %"),
        ("::A:: ?{=%50%a}", 1, "the right answers make 50 %"),
        ("::A:: ?{\n=%abc%a}", 2, "“abc” is no percentage"),
        ("::A:: ?{=%150%a}", 1, "“150” is no percentage"),
        ("::A:: ?{x =a ~b}", 1, "text before the first answer"),
        ("::A:: ?{=a -> b\n=c}", 2, "a pair is written =left -> right"),
        ("::A:: ?{=a -> b}", 1, "at least 2 pairs are needed"),
        ("::A:: ?{=a -> b =c -> }", 1, "an answer is empty"),
        ("::A:: ?{T#a#b#c}", 1, "true or false takes two feedbacks"),
        ("::A:: ?{#zero}", 1, "“zero” is no number"),
        ("::A:: ?{#NaN}", 1, "“NaN” is no number"),
        ("::A:: ?{#1e400}", 1, "“1e400” is no number"),
        ("::A:: ?{#1,5}", 1, "“1,5” is no number"),
        ("::A:: ?{#5..3}", 1, "“5..3” is no number or range"),
        ("::A:: ?{#3:-1}", 1, "the tolerance is negative"),
        ("::A:: ?{#3~4}", 1, "behind ~ only #feedback"),
        ("::A:: ?{> 甲\n乙}", 1, "“甲” does not belong behind {>"),
        ("::A:: ?{>\n甲}", 1, "at least 2 answers are needed"),
        ("$CATEGORY:", 1, "the category has no name"),
        ("::A:: a\x07{T}", 1, "the character U+0007 cannot be stored"),
        ("::A:: " + "x" * 100_001 + "{T}", 1, "a text is longer than 100000 characters"),
    ],
)
def test_a_fault_is_named_with_its_line(text, line, reason):
    found = faults(text)

    assert [(fault[1], reason in fault[2]) for fault in found] == [(line, True)]


def test_what_stands_beside_a_fault_is_read():
    outcome = gift.read(b"::A:: ?{T}\r\n\r\n::B:: ?{\r\n\r\n// c\r\n::C:: ?{F}\r\n")

    assert [q.name for q in outcome.questions] == ["A", "C"]
    assert [(f.item, f.line) for f in outcome.errors] == [("B", 3)]


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 0), ("gb18030", 1)],
)
def test_encodings_that_are_read(encoding, notes):
    outcome = gift.read("::定价:: 下列哪一项是客单价？{=销售额除以客户数 ~点击率}".encode(encoding))

    assert [q.name for q in outcome.questions] == ["定价"]
    assert len(outcome.notes) == notes


@pytest.mark.parametrize(
    "data",
    [
        "::Größe:: Wie groß ist das?{T}".encode("cp1252"),
        "::Имя:: Какой ответ верный?{T}".encode("cp1251"),
        "::질문:: 다음 중 옳은 것은?{T}".encode("euc-kr"),
        "::質問:: 正しいものはどれですか{T}".encode("shift-jis"),
        b"\xff\xfe\x00\xd8\x00",
        b"ok\n\n\xff\xff",
    ],
)
def test_encodings_that_are_refused(data):
    outcome = gift.read(data)

    assert outcome.questions == ()
    assert ["UTF-8" in str(fault.reason) for fault in outcome.errors] == [True]


def test_a_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("exams.formats.encoding.MAX_BYTES", 10)

    assert "larger than" in str(gift.read(b"x" * 11).errors[0].reason)


def test_what_gift_cannot_say_is_refused_by_name():
    stem = Text("?")
    some = [
        Item(type="cloze", name="a", stem=stem),
        Item(type="essay", name="b", stem=stem, guide=Text("要点")),
        Item(type="essay", name="c", stem=stem, idnumber="x\\y"),
        Item(type="essay", name="", stem=stem),
        Item(type="description", name="e", stem=stem, general_feedback=Text("x")),
    ]

    written = gift.write(some)

    assert (written.text, [error.item for error in written.errors]) == ("", [*"abc", "", "e"])


def test_more_questions_than_a_file_may_have_are_refused(monkeypatch):
    monkeypatch.setattr("exams.formats.gift.reading.MAX_ITEMS", 1)

    outcome = gift.read(b"1{T}\n\n2{T}")

    assert [(f.line, str(f.reason)) for f in outcome.errors] == [(3, "more than 1 questions")]


def test_markup_that_never_closes_takes_no_time():
    started = time.process_time()

    for odd in ("<p", "<img ", "<script", "<!--", "&lt", "[html]", "~a", "\\", "="):
        gift.read(f"[html]?{odd * 15_000} {{T}}".encode())
        gift.read(f"[html]? {{T#{odd * 15_000}}}".encode())

    assert time.process_time() - started < 10


def test_feedback_alone_to_the_wrong_answer_and_labels_come_back():
    text = "// [id:a\\]b] [tag:c]\n::Q::[plain]?{TRUE#错了}\n"

    assert gift.write(gift.read(text.encode()).questions).text == text


def test_a_part_of_an_ordering_that_looks_like_a_comment_is_none():
    parts = (Answer(Text("甲", "plain")), Answer(Text("//乙", "plain")))
    item = Item("ordering", "序", Text("排", "plain"), answers=parts)

    found = gift.read(gift.write([item]).text.encode()).questions[0]

    assert [answer.text.text for answer in found.answers] == ["甲", "//乙"]
