"""The lessons that ship: each is whole, claims what its parts take, and quotes figures exactly."""

import json
import re

import openpyxl
import pytest

from courses.rules.hours import claims_too_much, honest_parts, honest_seconds
from kit.hours import CLASS_HOUR_SECONDS
from tests.demo_lessons import DEMO, LESSONS, NODES, TREE

NUMBER = re.compile(r"\d+(?:\.\d+)?")
SUM = re.compile(r"[\d.%（）()]+(?:\s*[+−×÷]\s*[\d.%（）()]+)+|[=≈]\s*[\d.]+")
SENTENCE = re.compile(r"[。；！？\n]|</?(?:p|li|ul|ol)>")
# A sentence that quotes; "按课件…" applies a rule to numbers of its own.
QUOTES = re.compile(r"(?<!按)(?:课件|手册)")
OWN = re.compile(r"示例|推导|假设")
# Notes of those who wrote the lessons; a learner can look nothing up in them.
DRAFTING = re.compile(r"底稿|存疑|归纳|推导|截断|补编|补充|手册\d|课件\d|\b00\d\b")


def parts_of(lesson):
    def one(name):
        return [{"value": lesson[name]}] if lesson[name] else []

    return honest_parts(
        body=lesson["body"],
        worked_example=one("worked_example"),
        drill=one("drill"),
        case=one("case"),
        checks=[{"value": check} for check in lesson["checks"]],
    )


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in {"slug", "sources"}:
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def numbers(text):
    return {float(number) for number in NUMBER.findall(text.replace(",", ""))}


def test_every_lesson_of_the_tree_is_written():
    assert sorted(LESSONS) == sorted(NODES)
    assert len(NODES) == 76


@pytest.mark.parametrize("slug", sorted(NODES))
def test_no_lesson_claims_more_than_its_parts(slug):
    planned = round(NODES[slug]["class_hours"] * CLASS_HOUR_SECONDS)
    parts = parts_of(LESSONS[slug])

    assert claims_too_much(planned_seconds=planned, parts=parts) is False
    assert planned > honest_seconds(parts) - 0.05 * CLASS_HOUR_SECONDS
    assert all(part.seconds for part in parts)


def test_every_post_of_the_roster_has_a_path_of_24_class_hours():
    rows = openpyxl.load_workbook(DEMO / "roster_2026Q4.xlsx", read_only=True).active.values
    header = next(rows)
    posts = {row[header.index("岗位")] for row in rows} - {None}
    hours = {
        post: sum(
            leaf["class_hours"] for leaf in NODES.values() if TREE["paths"][post] in leaf["posts"]
        )
        for post in posts
    }

    assert {post: round(total, 2) for post, total in hours.items() if total < 24} == {}


@pytest.mark.parametrize("slug", sorted(NODES))
def test_every_lesson_is_practised_and_answered(slug):
    """A worked example, a drill that makes something, a case; each with an answer and a time."""
    lesson = LESSONS[slug]
    example, drill, case = lesson["worked_example"], lesson["drill"], lesson["case"]

    assert len(example["steps"]) >= 2
    assert min(len(each) for each in (example["question"], example["answer"])) >= 10
    assert min(len(each) for each in (drill["task"], drill["answer"])) >= 40
    assert len(drill["deliverable"]) >= 5
    assert len(case["questions"]) >= 2
    assert len(case["model_answer"]) >= 40 * len(case["questions"])
    assert all(part["minutes"] >= 1 for part in (example, drill, case))


def test_the_lessons_where_one_helps_most_have_a_drawing():
    drawn = {
        slug: part["value"]
        for slug, lesson in LESSONS.items()
        for part in lesson["body"]
        if part["type"] == "diagram"
    }
    wanted = {
        "conversion-optimization", "paid-promotion-roi", "order-lifecycle", "complaint-crisis",
        "pricing", "inventory-warehouse", "user-segmentation", "user-behavior-analysis",
        "livestream-process", "customer-service",
    }  # fmt: skip

    assert set(drawn) >= wanted
    assert all(len(drawing["description"]) >= 10 for drawing in drawn.values())
    assert all(2 <= len(drawing["items"]) <= 9 for drawing in drawn.values())


@pytest.mark.parametrize("slug", sorted(NODES))
def test_figures_quoted_from_the_courseware_are_those_of_the_fact_sheet(slug):
    known = numbers((DEMO / "courseware_facts.md").read_text(encoding="utf-8"))
    known |= numbers(json.dumps(NODES[slug], ensure_ascii=False))
    quoted = [
        sentence
        for text in strings(LESSONS[slug])
        for sentence in SENTENCE.split(text)
        if QUOTES.search(sentence) and not OWN.search(sentence)
    ]
    unknown = [
        (number, sentence)
        for sentence in quoted
        for number in sorted(numbers(SUM.sub("", re.sub(r"<[^>]+>", "", sentence))) - known)
        if number > 10
    ]

    assert unknown == []


@pytest.mark.parametrize("slug", sorted(NODES))
def test_checks_have_one_right_option_and_do_not_give_it_away(slug):
    checks = LESSONS[slug]["checks"]

    assert 2 <= len(checks) <= 4
    assert all(0 <= each["answer"] < len(each["options"]) for each in checks)
    assert all(len(set(each["options"])) == len(each["options"]) for each in checks)
    assert len({each["answer"] for each in checks}) > 1


def test_the_right_option_is_not_known_by_its_length():
    checks = [check for lesson in LESSONS.values() for check in lesson["checks"]]
    longest = [
        check
        for check in checks
        if all(
            len(option) < len(check["options"][check["answer"]])
            for place, option in enumerate(check["options"])
            if place != check["answer"]
        )
    ]

    assert len(longest) / len(checks) < 0.4


@pytest.mark.parametrize("slug", sorted(NODES))
def test_sources_name_what_a_learner_can_look_up(slug):
    sources = LESSONS[slug]["sources"]

    assert sources != []
    assert [line for line in sources if DRAFTING.search(line)] == []
    assert any(re.search(r"第[\d.、至]+[节页]", line) for line in sources)
