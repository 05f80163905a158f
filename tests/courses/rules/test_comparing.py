import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.comparing import (
    COME,
    GONE,
    MOST_PAIRS,
    SAME,
    Change,
    FieldRuns,
    Outline,
    PartChange,
    Placed,
    Run,
    compare_lessons,
    compare_outlines,
    compare_parts,
    part_fields,
    text_runs,
)
from courses.rules.plain import plain_lines, value_lines

pytestmark = pytest.mark.law

TEXT = st.text(alphabet="佣金率是的。！\n 53.,%％ abROI—", max_size=60)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_runs(before, after):
    runs = text_runs(before, after)

    assert "".join(run.text for run in runs if run.kind != COME) == before
    assert "".join(run.text for run in runs if run.kind != GONE) == after


@given(TEXT, TEXT)
def test_runs_are_as_few_as_can_be(before, after):
    runs = text_runs(before, after)

    kinds = [run.kind for run in runs]
    assert all(run.text for run in runs)
    assert all(one != other for one, other in itertools.pairwise(kinds))
    assert (COME, GONE) not in set(itertools.pairwise(kinds))


@given(TEXT)
def test_a_text_compared_with_itself_has_nothing_changed(text):
    assert text_runs(text, text) == ((Run(SAME, text),) if text else ())


def test_a_number_is_one_word():
    assert text_runs("佣金率为5.5%，按月结算。", "佣金率为6%，按月结算。") == (
        Run(SAME, "佣金率为"), Run(GONE, "5.5%"), Run(COME, "6%"), Run(SAME, "，按月结算。"),
    )  # fmt: skip


def test_a_sentence_put_in_leaves_the_others_alone():
    assert text_runs("甲乙丙。丁戊己。", "甲乙丙。新的一句。丁戊己。") == (
        Run(SAME, "甲乙丙。"), Run(COME, "新的一句。"), Run(SAME, "丁戊己。"),
    )  # fmt: skip


def test_one_character_between_two_changes_goes_with_them():
    assert text_runs("先看的后买", "再想的前卖") == (
        Run(GONE, "先看的后买"),
        Run(COME, "再想的前卖"),
    )


def test_one_character_at_the_end_stays():
    assert text_runs("去年的", "今年的") == (
        Run(GONE, "去"), Run(COME, "今"), Run(SAME, "年的"),
    )  # fmt: skip


def test_texts_too_long_to_compare_are_shown_whole():
    half = int(MOST_PAIRS**0.5) + 1
    before, after = "字" * half + "甲", "字" * half + "乙"

    assert text_runs(before, after) == (Run(GONE, before), Run(COME, after))


def test_lines_of_rich_text():
    assert plain_lines("<p>佣金<b>1</b>2%</p><ul><li>A&amp;B</li></ul>末") == [
        "佣金12%", "A&B", "末",
    ]  # fmt: skip
    assert plain_lines("1 &lt; 2\n\n甲") == ["1 < 2", "甲"]


def test_lines_of_a_value_without_some_keys():
    value = {"title": "费率", "id": "x", "rows": [["甲", "5%"], ["乙", 3]]}

    assert list(value_lines(value, without=frozenset({"id"}))) == ["费率", "甲 | 5%", "乙"]


def part(kind, value, pk):
    return {"type": kind, "value": value, "id": pk}


def test_fields_of_parts():
    table = {
        "caption": "费率",
        "header": ["类目", "费率"],
        "rows": [["女装", "5%"], ["男装", "4%"]],
    }
    check = {"stem": "几？", "options": ["一", "二"], "answer": 1, "explanation": "二"}

    assert part_fields(part("paragraph", "<p>甲</p><p>乙</p>", "p")) == {"": "甲\n乙"}
    assert part_fields(part("table", table, "t")) == {
        "caption": "费率", "header": "类目\n费率", "rows": "女装 | 5%\n男装 | 4%",
    }  # fmt: skip
    assert part_fields(part("check", check, "c"))["answer"] == "二"
    bars = {"bars": [{"label": "女装", "value": 5}, {"label": "男装", "value": 4}]}
    assert part_fields(part("diagram", bars, "b")) == {"bars": "女装 | 5\n男装 | 4"}
    assert part_fields(part("drill", {"task": "做", "minutes": 5}, "d")) == {
        "task": "做", "minutes": "5",
    }  # fmt: skip


def asked(stem, version):
    words = {"stem": stem, "options": ["一", "二"], "answer": 0, "explanation": "一"}
    return part("check", words | {"code": "LC-1", "version": version}, "c")


def test_the_row_of_the_bank_that_a_check_stands_on_is_not_read():
    (change,) = compare_parts("checks", [asked("几？", 7)], [asked("几个？", 8)])

    assert "version" not in part_fields(asked("几？", 7))
    assert [each.name for each in change.fields] == ["stem"]
    assert compare_parts("checks", [asked("几？", 7)], [asked("几？", 8)]) == []


def test_a_check_of_a_newer_row_in_another_place_has_moved():
    one, two = part("heading", "甲", "1"), asked("几？", 7)

    changes = compare_parts("checks", [one, two], [asked("几？", 8), one])

    assert [(each.kind, each.how) for each in changes] == [("check", "moved")]


def test_parts_that_read_the_same_are_no_change_whatever_their_ids():
    before = [part("heading", "甲", "1"), part("heading", "乙", "2")]
    after = [part("heading", "新", "1"), part("heading", "甲", "2"), part("heading", "乙", "3")]

    assert compare_parts("body", before, after) == [
        PartChange("body", "heading", "added", (FieldRuns("", (Run(COME, "新"),)),))
    ]


def test_a_part_is_found_by_its_id():
    before = [part("callout", {"title": "费率", "text": "佣金5%"}, "1"), part("heading", "尾", "2")]
    after = [part("callout", {"title": "费率", "text": "佣金6%"}, "1")]

    assert compare_parts("body", before, after) == [
        PartChange("body", "callout", "changed", (
            FieldRuns("text", (Run(SAME, "佣金"), Run(GONE, "5%"), Run(COME, "6%"))),
        )),
        PartChange("body", "heading", "removed", (FieldRuns("", (Run(GONE, "尾"),)),)),
    ]  # fmt: skip


def test_a_field_that_came_or_went_is_shown():
    before = [part("callout", {"title": "费率", "source": "平台"}, "1")]
    after = [part("callout", {"title": "费率", "as_of": "2026"}, "1")]

    (change,) = compare_parts("body", before, after)

    assert change.fields == (
        FieldRuns("as_of", (Run(COME, "2026"),)), FieldRuns("source", (Run(GONE, "平台"),)),
    )  # fmt: skip


def test_a_part_in_another_place_has_moved():
    one, two = part("heading", "甲", "1"), part("heading", "乙", "2")

    (change,) = compare_parts("body", [one, two], [two, one])

    assert change.how == "moved"
    assert len(change.fields) == 1
    assert {run.kind for run in change.fields[0].runs} == {SAME}


def test_a_part_of_another_kind_is_another_part():
    changes = compare_parts("body", [part("heading", "甲", "1")], [part("paragraph", "甲", "1")])

    assert [(each.kind, each.how) for each in changes] == [
        ("paragraph", "added"), ("heading", "removed"),
    ]  # fmt: skip


def content(**fields):
    return {
        "title": "定价", "level": "assistant", "planned_seconds": 600, "sources": "手册",
        "posts": ["运营"], "goals": [], "body": [], "worked_example": [], "drill": [], "case": [],
        "checks": [],
    } | fields  # fmt: skip


def test_a_lesson_compared():
    change = compare_lessons(
        content(), content(title="定价三问", planned_seconds=900, posts=[], sources="手册2",
                           goals=[part("goal", "会算", "g")])
    )  # fmt: skip

    assert change.plain == (
        Change("title", "定价", "定价三问"), Change("planned_seconds", 600, 900),
        Change("posts", ["运营"], []),
    )  # fmt: skip
    assert [(each.stream, each.how) for each in change.parts] == [
        ("goals", "added"), ("sources", "changed"),
    ]  # fmt: skip


def test_a_lesson_compared_with_itself():
    change = compare_lessons(content(), content())

    assert (change.plain, change.parts) == ((), ())


def placed(lesson, module=1, mark=None, seconds=60):
    return Placed(lesson, f"课{lesson}", module, seconds, mark or lesson)


def outline(lessons, modules=None, **plain):
    return Outline(
        {"title": "运营", "intro": "", "kind": "core"} | plain,
        modules or {1: "一", 2: "二"},
        lessons,
    )


def test_an_outline_compared_with_itself():
    change = compare_outlines(outline([placed(1), placed(2)]), outline([placed(1), placed(2)]))

    assert not any(vars(change).values())


def test_what_became_of_course_and_modules():
    change = compare_outlines(
        outline([], {1: "一", 2: "二"}), outline([], {2: "贰", 3: "三"}, title="新运营")
    )

    assert change.plain == (Change("title", "运营", "新运营"),)
    assert (change.modules_added, change.modules_removed) == (("三",), ("一",))
    assert change.modules_renamed == (Change("", "二", "贰"),)


def test_what_became_of_lessons():
    before = [placed(1), placed(2), placed(3), placed(4, 2), placed(5, 2)]
    after = [placed(2), placed(1), placed(3, 2), placed(4, 2, mark=40), placed(6, 2)]

    change = compare_outlines(outline(before), outline(after))

    assert [each.lesson for each in change.added] == [6]
    assert [each.lesson for each in change.removed] == [5]
    assert [pair[1].lesson for pair in change.moved] == [2, 3]
    assert [(a.mark, b.mark) for a, b in change.changed] == [(4, 40)]


@given(st.permutations(range(6)))
def test_what_did_not_move_stands_in_the_same_order(order):
    before = [placed(pk) for pk in range(6)]

    change = compare_outlines(outline(before), outline([placed(pk) for pk in order]))

    moved = {pair[0].lesson for pair in change.moved}
    stayed = [pk for pk in order if pk not in moved]
    assert stayed == sorted(stayed)
    assert len(stayed) >= 1
