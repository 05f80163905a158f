import pytest

from exams.formats import aiken
from exams.formats.items import Answer, Item, Text

GOOD = "题？\nA) 甲\nB. 乙\nANSWER: B\n"
ALPHABET = "".join(f"{letter}) {letter}\n" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (GOOD, []),
        ("一行\n二行\n三行\nA) 甲\nB) 乙\nANSWER: A\n\n" + GOOD, [("一行", 2, "on one line")]),
        ("题\nA) 甲\nC) 乙\nD) 丙\nANSWER: A\n\n" + GOOD, [("题", 3, "C) stands where B) is due")]),
        ("题\nA) 甲\nB) 乙\nANSWER: E\n\n" + GOOD, [("题", 4, "from A to B, not “E”")]),
        ("题\nA) 甲\nB) 乙\nANSWER: A, B\n\n" + GOOD, [("题", 4, "not “A, B”")]),
        ("题\nA) 甲\nB) 甲\nANSWER: A\n\n" + GOOD, [("题", 1, "comes twice")]),
        (GOOD + "\n没完\nA) 甲", [("没完", 7, "the file ends before")]),
        (GOOD + "\n没完\n没完", [("没完", 7, "on one line")]),
        (f"{GOOD}\n多\n{ALPHABET}A) a\nANSWER: A", [("多", 33, "where -) is due")]),
    ],
)  # fmt: skip
def test_a_fault_costs_only_its_question(text, faults):
    outcome = aiken.read(text.encode())

    assert [q.stem.text for q in outcome.questions] == ["题？"]
    assert [(f.item, f.line) for f in outcome.errors] == [(item, line) for item, line, _ in faults]
    for fault, (_item, _line, reason) in zip(outcome.errors, faults, strict=True):
        assert reason in str(fault.reason)


def test_another_encoding_is_refused():
    assert len(aiken.read("Größe?".encode("cp1252")).errors) == 1


def choice(stem="题", *, second=0, **changes):
    answers = (Answer(Text("甲"), 1), Answer(Text("乙"), second))
    return Item(type="multichoice", name="n", stem=Text(stem), answers=answers, **changes)


def test_what_aiken_cannot_say_is_refused():
    some = [
        Item(type="essay", name="n", stem=Text("?")),
        choice(second=1),
        choice("两\n行"),
        choice("A) 题"),
        choice(single=False),
    ]

    written = aiken.write([*some, choice()])

    assert (written.text, len(written.errors)) == ("题\nA) 甲\nB) 乙\nANSWER: A\n", 5)
