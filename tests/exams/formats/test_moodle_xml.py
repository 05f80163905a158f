import base64
import time

import pytest

from exams.formats import moodle_xml
from exams.formats.items import Answer, Item, Text

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
BOMB = '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip

INCLUDE = '<xi:include href="file:///etc/passwd"/>'


def question(kind="truefalse", inner=""):
    return (
        f'<question type="{kind}"><name><text>Q</text></name>'
        f"<questiontext format='html'><text>?</text></questiontext>\n{inner}</question>\n"
    )


TF = (
    '<answer fraction="100"><text>true</text></answer>'
    '<answer fraction="0"><text>false</text></answer>'
)  # fmt: skip
CHOICE = (
    '<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>'
)


def read(body, head=HEAD, tail="</quiz>"):
    return moodle_xml.read((head + body + tail).encode())


def told(outcome):
    return [(fault.item, fault.line, str(fault.reason)) for fault in outcome.errors]


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB,
        '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE quiz [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    ],
)
def test_a_doctype_is_refused_where_it_stands(doctype):
    started = time.monotonic()
    outcome = moodle_xml.read(
        f'<?xml version="1.0"?>\n<!-- x -->\n{doctype}\n<quiz>&i;</quiz>'.encode()
    )

    assert time.monotonic() - started < 1
    assert [(line, "DOCTYPE" in reason) for _item, line, reason in told(outcome)] == [(3, True)]


def test_a_doctype_inside_a_text_is_a_text():
    outcome = read(question(inner=TF).replace("?<", "<![CDATA[<!DOCTYPE html>?]]><"))

    assert outcome.questions[0].stem.text == "<!DOCTYPE html>?"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEAD + "<question>", 3, "the XML is broken here"),
        (HEAD + question(inner=TF) + "&undefined;</quiz>", 5, "the XML is broken here"),
        ("", 1, "the XML is broken here"),
        ("<questestinterop/>", 1, "begins with <questestinterop>, not with <quiz>"),
        (HEAD + "<item/></quiz>", 3, "<item> has no place here"),
        (
            HEAD + question(inner='<xi:include href="file:///etc/passwd"/>') + "</quiz>",
            4,
            "<xi:inc",
        ),
        (HEAD + question(inner="<a>" * 50) + "</quiz>", 4, "too deep or too large"),
        (HEAD + question(inner="<a/>" * 6000) + "</quiz>", 4, "too deep or too large"),
        ('<?xml version="1.0" encoding="windows-1252"?><quiz/>', 1, "the encoding windows-1252"),
    ],
)
def test_a_file_that_is_no_moodle_xml_gives_nothing(text, line, reason):
    outcome = moodle_xml.read(text.encode())

    assert outcome.questions == ()
    assert [(fault[1], reason in fault[2]) for fault in told(outcome)] == [(line, True)]


@pytest.mark.parametrize(
    ("kind", "inner", "line", "reason"),
    [
        ("truefalse", CHOICE, 3, "exactly one of true and false must be right"),
        ("multichoice", "", 3, "at least 2 answers are needed"),
        ("multichoice", CHOICE.replace("100", "abc"), 4, "“abc” is no percentage"),
        ("multichoice", CHOICE.replace("100", "90"), 3, "full marks cannot be reached"),
        ("multichoice", "<single>maybe</single>" + CHOICE, 4, "<single> must be true or false"),
        ("multichoice", "<defaultgrade>-1</defaultgrade>" + CHOICE, 4, "the mark is negative"),
        ("multichoice", "<defaultgrade>x</defaultgrade>" + CHOICE, 4, "“x” is no number"),
        ("multichoice", CHOICE.replace("<text>a", "<text><b>a</b>"), 4, "must stand in CDATA"),
        ("multichoice", '<file name="x.png" encoding="base64">!</file>' + CHOICE, 4, "file x.png"),
        ("multichoice", '<hint format="rtf"/>' + CHOICE, 4, "no text format rtf"),
        ("numerical", CHOICE, 4, "“a” is no number"),
        ("numerical", '<answer fraction="100"><text>1</text><tolerance>-1</tolerance></answer>', 4,
         "the tolerance is negative"),
        ("ordering", "<selecttype>SOME</selecttype>" + CHOICE, 3, "an ordering asks all"),
        ("", CHOICE, 3, "the question names no type"),
        ("category", "", 3, "the category has no name"),
    ],
)  # fmt: skip
def test_a_bad_question_costs_only_itself(kind, inner, line, reason):
    outcome = read(question(kind, inner) + question(inner=TF))

    assert [q.type for q in outcome.questions] == ["truefalse"]
    assert [(f[0], f[1], reason in f[2]) for f in told(outcome)] == [("Q", line, True)]


def test_markup_in_a_name_is_refused():
    outcome = read(question(inner=TF).replace("<text>Q", "<text><b>Q</b>"))

    assert [line for _item, line, _reason in told(outcome)] == [3]


def test_lines_are_right_behind_long_files():
    data = base64.b64encode(b"x" * 30).decode()
    inner = TF + '<file name="a" encoding="base64">' + f"{data}\n" * 70_000 + "</file>"

    outcome = read(question(inner=inner) + question("truefalse"))

    assert [fault[1] for fault in told(outcome)] == [70_005]
    assert outcome.questions[0].files == ("a",)


def test_chinese_files_with_and_without_a_word_about_it():
    body = '<quiz><question type="essay"><questiontext><text>下列哪一项是客单价的定义？</text>' + (
        "</questiontext></question></quiz>"
    )
    declared = '<?xml version="1.0" encoding="GBK"?>' + body

    for text in (body, declared):
        outcome = moodle_xml.read(text.encode("gb18030"))
        assert (outcome.questions[0].stem.text[:2], len(outcome.notes)) == ("下列", 1)
    assert moodle_xml.read(body.encode("utf-16")).errors == ()
    assert "not in the encoding" in told(moodle_xml.read(declared.encode("utf-8") + b"\xff"))[0][2]


def test_what_is_not_written_is_named():
    some = [
        Item(type="cloze", name="a", stem=Text("?")),
        Item(type="essay", name="b", stem=Text("?"), files=("x.png",)),
        Item(type="shortanswer", name="c", stem=Text("?"), answers=(Answer(Text("x", "html"), 1),)),
    ]

    assert [error.item for error in moodle_xml.write(some).errors] == ["a", "b", "c"]


def test_more_questions_than_a_file_may_have_are_refused(monkeypatch):
    monkeypatch.setattr("exams.formats.moodle_xml.reading.MAX_ITEMS", 1)

    outcome = read(question(inner=TF) * 2)

    assert (outcome.questions, len(outcome.errors)) == ((), 1)


def test_a_question_without_a_name_takes_the_start_of_its_text():
    body = question(inner=TF).replace("<name><text>Q</text></name>", "")

    assert read(body).questions[0].name == "?"
    assert told(read(body.replace("100", "x")))[0][0] == "?"
    assert told(read('<question type="essay"/>'))[0][0] == ""
