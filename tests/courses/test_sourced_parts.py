"""Source and date of figures in tables, comparisons, formulas and worked examples."""

import pytest

from courses import blocks
from courses.models import LessonPage
from courses.rules.hours import characters
from courses.rules.versions import lesson_digest
from courses.services.freezing import content_of
from tests.factories.courses import LessonFactory

PARTS = {
    "table": (blocks.TableBlock, {"caption": "总评", "header": ["项"], "rows": [["理论"]]}),
    "comparison": (
        blocks.ComparisonBlock,
        {"title": "比", "left_title": "甲", "left": ["一"], "right_title": "乙", "right": ["二"]},
    ),
    "formula": (blocks.FormulaBlock, {"name": "投产比", "expression": "收益 ÷ 成本"}),
    "worked_example": (
        blocks.WorkedExampleBlock,
        {"title": "算", "question": "多少？", "steps": ["一步"], "answer": "三"},
    ),
    "callout": (blocks.CalloutBlock, {"tone": "tip", "title": "数", "text": "<p>字</p>"}),
}
NAMED = {"source": "<统计局>", "as_of": "2024"}


def rendered(kind, **more):
    block = PARTS[kind][0]()
    return block.render(block.to_python(PARTS[kind][1] | more))


@pytest.mark.parametrize("kind", PARTS)
def test_source_and_date_stand_under_the_part(kind):
    assert "来源：&lt;统计局&gt;；数据截至：2024" in rendered(kind, **NAMED)
    assert "来源：统计局<" in rendered(kind, source="统计局")
    assert "数据截至：2024<" in rendered(kind, as_of="2024")


@pytest.mark.parametrize("kind", PARTS)
def test_what_was_frozen_without_them_still_reads(kind):
    shown = rendered(kind)

    assert "来源" not in shown
    assert "数据截至" not in shown


@pytest.mark.parametrize("kind", PARTS)
def test_the_editor_asks_for_them_last(kind):
    names = PARTS[kind][0]().meta.form_layout.get_sorted_block_names()

    assert names[-2:] == ["source", "as_of"]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", PARTS)
def test_nobody_is_credited_for_reading_them(kind):
    raw = PARTS[kind][1]

    assert characters(raw | NAMED) == characters(raw)


def frozen(lesson):
    return content_of(LessonPage.objects.get(pk=lesson.pk), {})


@pytest.mark.django_db
def test_lessons_without_them_keep_their_digest():
    body = [(kind, value) for kind, (_block, value) in PARTS.items() if kind != "worked_example"]
    example = [("worked_example", PARTS["worked_example"][1])]
    lesson = LessonFactory(body=body, worked_example=example)
    before = frozen(lesson)

    for stream in (before["body"], before["worked_example"]):
        assert [set(part["value"]) & set(NAMED) for part in stream] == [set()] * len(stream)
    digest = lesson_digest(before)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    for part in (*lesson.body, *lesson.worked_example):
        part.value.update(source="", as_of="")  # as the editor saves them
    lesson.save()

    assert lesson_digest(frozen(lesson)) == digest


@pytest.mark.django_db
def test_previews_on_screen_phone_and_paper_show_them():
    lesson = LessonFactory(
        body=[(kind, PARTS[kind][1] | {"source": f"来自{kind}", "as_of": "2024"})
              for kind in ("table", "comparison", "formula")],
    )  # fmt: skip

    for mode in ("learner", "print"):
        page = lesson.make_preview_request(preview_mode=mode).content.decode()
        assert [kind in page for kind in ("来自table", "来自comparison", "来自formula")] == [
            True, True, True,
        ]  # fmt: skip
