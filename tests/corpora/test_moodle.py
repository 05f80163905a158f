"""Question files of another engine's own tests, read exactly as its tests say."""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from exams.formats.registry import FORMATS
from exams.services.question_report import category_rows

pytestmark = pytest.mark.corpora

CORPORA = os.environ.get("LMS_CORPORA", "")
ROOT = Path(CORPORA) / "moodle"
EXPECTED = (
    json.loads((ROOT / "expected.json").read_text())
    if CORPORA and ROOT.exists()
    else {
        "gift": {}, "aiken_and_cloze": {}, "moodle_xml": [], "moodle_xml_outcomes": {},
        "gift_inline_cases": [],
    }
)  # fmt: skip
AIKEN = {name: want for name, want in EXPECTED["aiken_and_cloze"].items() if "aiken" in name}
MISSING = object()
XML_FORMATS = {"moodle": "moodle_auto_format", "plain": "plain_text"}


def read(format_name, path):
    return FORMATS[format_name].read((ROOT / path).read_bytes())


def numbers(fractions):
    return [float(fraction) for fraction in fractions]


def feedback(item, word):
    return next(a.feedback.text for a in item.answers if a.text.text == word)


def value_of(answer):
    value = answer.text.text
    if value == "*":
        return {"value": "*"}
    return {"value": float(value), "tolerance": float(answer.tolerance)}


# What a key of the corpus is in our items.
FACTS = {
    "type": lambda i: FORMATS["gift"].word(i.type),
    "name": lambda i: i.name,
    "text": lambda i: i.stem.text,
    "text_format": lambda i: i.stem.format,
    "pairs": lambda i: len(i.pairs),
    "empty_stems": lambda i: sum(not pair.stem.text for pair in i.pairs),
    "stems_format": lambda i: [pair.stem.format for pair in i.pairs],
    "answers": lambda i: len(i.answers),
    "single": lambda i: i.single,
    "answer_formats": lambda i: [a.text.format for a in i.answers],
    "feedback": lambda i: [a.feedback.text for a in i.answers],
    "feedback_formats": lambda i: [a.feedback.format for a in i.answers],
    "values": lambda i: [value_of(a) for a in i.answers],
    "accepted": lambda i: [a.text.text for a in i.answers],
    "fractions": lambda i: numbers(a.fraction for a in i.answers),
    "correct": lambda i: i.answers[0].fraction == 1,
    "feedback_if_answer_true": lambda i: feedback(i, "true"),
    "feedback_if_answer_false": lambda i: feedback(i, "false"),
    "idnumber": lambda i: i.idnumber,
    "tags": lambda i: list(i.tags),
    "items": lambda i: len(i.answers),
    "selectcount": lambda i: i.select_count,
    "general_feedback": lambda i: i.general_feedback.text,
    "general_feedback_format": lambda i: i.general_feedback.format,
    "answers_text": lambda i: [p.answer for p in i.pairs] or [a.text.text for a in i.answers],
}
NOTES = {"note", "file_note"}


def stated(item, want):
    return {key: FACTS[key](item) for key in want if key not in NOTES}


def told(want):
    return {key: value for key, value in want.items() if key not in NOTES}


@pytest.mark.parametrize("path", EXPECTED["gift"])
def test_gift_is_read_as_stated(path):
    want = EXPECTED["gift"][path]
    outcome = read("gift", path)

    if want["import"] == "rejected":
        assert (outcome.questions, len(outcome.errors)) == ((), 1)
        assert "UTF-8" in str(outcome.errors[0].reason)
        return
    found = [stated(item, w) for item, w in zip(outcome.questions, want["questions"], strict=True)]
    assert found == [told(question) for question in want["questions"]]
    assert len(outcome.questions) == want.get("imported_questions", len(want["questions"]))
    assert outcome.errors == ()


@pytest.mark.parametrize("case", EXPECTED["gift_inline_cases"], ids=lambda case: case["id"])
def test_gift_in_a_line_is_read_as_stated(case):
    outcome = FORMATS["gift"].read(case["gift"].encode())

    assert stated(outcome.questions[0], case["expect"]) == case["expect"]
    assert (len(outcome.questions), outcome.errors) == (1, ())


def choice(item):
    letters = [n for n, answer in enumerate(item.answers) if answer.fraction == 1]
    return {
        "name": item.name,
        "answers": [answer.text.text for answer in item.answers],
        "correct": letters[0],
    }


@pytest.mark.parametrize("path", AIKEN)
def test_aiken_is_read_as_stated(path):
    want = AIKEN[path]
    outcome = read("aiken", path)

    assert len(outcome.questions) == want["imported_questions"]
    if "good" in want:
        assert [choice(item) for item in outcome.questions] == want["good"]
    for item, question in zip(outcome.questions, want.get("questions", []), strict=False):
        found = choice(item)
        assert len(found["answers"]) == question["answers"]
        assert "ABCD"[found["correct"]] == question["correct"]
        assert found["name"] == question.get("name", found["name"])
        assert {answer.text.format for answer in item.answers} | {item.stem.format} == {"plain"}
    errors = [(error.item, error.line) for error in outcome.errors]
    assert errors == [(e.get("question", ""), e["line"]) for e in want.get("errors", [])]


def entries(outcome):
    """Categories and questions in the order of the file, in the words of the corpus."""
    found = [(c.line, category_entry(c)) for c in outcome.categories]
    found += [(item.line, entry(item)) for item in outcome.questions]
    return [row for _line, row in sorted(found, key=lambda pair: pair[0])]


def category_entry(category):
    return {
        "type": "category", "category": category.path, "info": category.info.text,
        "idnumber": category.idnumber,
    }  # fmt: skip


def entry(item):
    form = XML_FORMATS.get(item.stem.format, item.stem.format)
    return {
        "type": item.type, "name": item.name, "questiontext_format": form,
        "embedded_files": len(item.files), "defaultgrade": item.max_mark,
        "answers": len(item.answers), "selectoptions": len(item.answers),
        "subquestions": len(item.pairs), "idnumber": item.idnumber,
        "fractions": [float(a.fraction * 100) for a in item.answers],
        "tolerances": [float(a.tolerance) for a in item.answers],
        **{name: item.facts.get(name) for name in ("usecase", "single", "shuffleanswers")},
    }  # fmt: skip


def wanted(row):
    """A text that is not there and an empty one are the same to us."""
    row = {key: "" if value is None else value for key, value in row.items()}
    if "defaultgrade" in row:
        row["defaultgrade"] = Decimal(row["defaultgrade"])
    return row


@pytest.mark.parametrize("want", EXPECTED["moodle_xml"], ids=lambda want: want["file"])
def test_moodle_xml_is_read_as_stated(want):
    outcome = read("moodle-xml", want["file"])

    found = entries(outcome)
    assert len(outcome.questions) == want["questions"]
    assert len(found) == want["items"]
    rows = [
        {key: row.get(key, MISSING) for key in stated}
        for row, stated in zip(found, want["entries"], strict=True)
    ]
    assert rows == [wanted(row) for row in want["entries"]]
    assert len(outcome.errors) == (0 if want["items"] else 1)


@pytest.mark.parametrize("path", EXPECTED["moodle_xml_outcomes"])
def test_moodle_xml_gives_the_tree_as_stated(path):
    want = EXPECTED["moodle_xml_outcomes"][path]
    outcome = read("moodle-xml", path)

    assert outcome.errors == ()
    names = [item.name for item in outcome.questions]
    assert names == want.get("names", names)
    assert len(names) == want.get("imported_questions", len(names))
    if "categories" in want:
        found = [
            {k: row[k] for k in ("name", "parent")} for row in category_rows(outcome.categories)
        ]
        assert found == [{k: c[k] for k in ("name", "parent")} for c in want["categories"]]
    stands = {item.category.rpartition("/")[2]: item.name for item in outcome.questions}
    placed = {c["name"]: c["question"] for c in want.get("categories", []) if "question" in c}
    assert {name: stands[name] for name in placed} == placed


def test_the_corpus_is_there():
    assert len(EXPECTED["gift"]) + len(AIKEN) + len(EXPECTED["moodle_xml"]) > 10
