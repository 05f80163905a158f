import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import blocks as wagtail_blocks
from wagtail.rich_text import RichText

from courses import blocks
from courses.models import LessonPage
from courses.services import ensure_catalog
from tests.factories.people import UserFactory

KINDS = [getattr(blocks, name) for name in blocks.__all__ if name != "LessonBody"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_has_icon_description_and_a_preview_that_renders(kind, db):
    block = kind()

    html = block.render(block.normalize(block.get_preview_value()))

    assert block.meta.icon not in ("", "placeholder")
    assert str(block.meta.description)
    assert str(block.meta.label)
    assert str(block.meta.group)
    assert block.is_previewable
    assert block.meta.template == f"blocks/{block.meta.template.removeprefix('blocks/')}"
    assert html.strip()


def test_a_body_holds_these_kinds_and_no_stream_in_a_stream():
    children = blocks.LessonBody().child_blocks

    assert sorted(children) == [
        "audio", "callout", "comparison", "diagram", "embed", "file", "formula", "heading", "image",
        "paragraph", "steps", "table", "task_link", "video",
    ]  # fmt: skip
    assert not any(isinstance(child, wagtail_blocks.StreamBlock) for child in children.values())


def test_every_part_an_author_can_add_was_looked_at():
    streams = ("goals", "body", "worked_example", "drill", "case", "checks")
    offered = {
        type(child)
        for name in streams
        for child in LessonPage._meta.get_field(name).stream_block.child_blocks.values()
    }

    assert offered == set(KINDS)


FIGURES = {"tone": "figure", "title": "三成", "text": "<p>30%</p>"}


@pytest.mark.parametrize(
    ("fields", "lacking"),
    [
        ({"source": "统计局", "as_of": "2024"}, set()),
        ({"source": " ", "as_of": ""}, {"source", "as_of"}),
        ({"tone": "tip", "source": "", "as_of": ""}, set()),
    ],
)
def test_figures_name_source_and_date(fields, lacking):
    block = blocks.CalloutBlock()
    try:
        cleaned = block.clean(block.to_python(FIGURES | fields))
    except wagtail_blocks.StructBlockValidationError as refused:
        assert set(refused.block_errors) == lacking  # noqa: PT017
    else:
        assert (cleaned["source"], lacking) == (fields["source"], set())


def test_figures_show_source_and_date():
    block = blocks.CalloutBlock()
    whole = block.render(block.to_python(FIGURES | {"source": "统计局", "as_of": "2024"}))
    half = block.render(block.to_python(FIGURES | {"source": "统计局"}))

    assert "来源：统计局；数据截至：2024" in whole
    assert "来源：统计局<" in half


def test_a_page_outside_is_a_link_that_names_its_host():
    block = blocks.EmbedBlock()
    value = block.to_python({"url": "https://m.bilibili.com/v/1", "title": "片", "note": ""})

    html = block.render(block.clean(value))

    assert 'rel="noopener noreferrer external"' in html
    assert "m.bilibili.com" in html
    assert "<iframe" not in html
    assert " src=" not in html


def test_a_host_that_is_not_on_the_list_is_refused(settings):
    block = blocks.EmbedBlock()

    with pytest.raises(wagtail_blocks.StructBlockValidationError) as refused:
        block.clean(block.to_python({"url": "https://example.com/", "title": "片"}))
    assert "gov.cn" in str(refused.value.block_errors["url"].message)


def clean(answer):
    block = blocks.CheckBlock()
    return block.clean(
        block.to_python(
            {"stem": "一加一？", "options": ["一", "二"], "answer": answer, "explanation": "二"}
        )
    )


def test_the_right_option_must_exist():
    with pytest.raises(ValidationError):
        clean(2)


def test_a_draft_may_lack_the_right_option_and_the_options():
    block = blocks.CheckBlock()
    draft = {"stem": "一加一？", "options": [], "answer": None, "explanation": ""}

    cleaned = block.clean_deferred(block.to_python(draft))

    assert (cleaned["stem"], cleaned["answer"], list(cleaned["options"])) == ("一加一？", None, [])


def test_a_right_option_is_kept():
    assert clean(1)["answer"] == 1


def render_case(**context):
    block = blocks.CaseBlock()
    value = block.to_python(
        {"scenario": "<p>景</p>", "questions": [], "model_answer": "<p>范文</p>"}
    )
    return block.render(value, context)


def test_a_case_without_an_own_answer_never_prints_the_model_answer():
    assert "范文" not in render_case()
    assert "范文" not in render_case(hand_in_url="/x/")


def test_a_table_escapes_its_cells():
    block = blocks.TableBlock()
    html = block.render(
        block.to_python({"caption": "<b>", "header": ["<i>"], "rows": [["<script>", "1"]]})
    )

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_running_text_is_cleaned_when_it_is_saved():
    block = blocks.ParagraphBlock(features=["bold"])
    dirty = '<p class="MsoNormal" onclick="x()">甲<script>x</script><o:p></o:p></p>'

    assert block.clean(RichText(dirty)).source == "<p>甲</p>"
    assert wagtail_blocks.RichTextBlock not in map(type, blocks.DrillBlock().child_blocks.values())


def test_a_remote_picture_in_running_text_is_refused_by_name():
    with pytest.raises(ValidationError, match=r"http://a/1\.png"):
        blocks.ParagraphBlock().clean(RichText('<p>甲<img src="http://a/1.png"></p>'))


@pytest.mark.parametrize("name", ["goals", "body", "worked_example", "drill", "case", "checks"])
def test_the_picker_shows_the_parts_as_learners_see_them(name, db, client):
    ensure_catalog()
    client.force_login(UserFactory(roles=["editor"]))
    for part in LessonPage._meta.get_field(name).stream_block.child_blocks.values():
        page = client.get(reverse("wagtailadmin_block_preview"), {"id": part.definition_prefix})

        html = page.content.decode()
        assert page.status_code == 200
        assert "css/study" in html
        assert ('<ul class="goals">' in html) is (name == "goals")


DRAWING = {"kind": "bars", "title": "漏斗", "description": "一级比一级少。"}


@pytest.mark.parametrize(
    ("kind", "values", "taken"),
    [("bars", (8, 2), True), ("bars", (8, None), False), ("bars", (0, 0), False),
     ("flow", (None, None), True)],
)  # fmt: skip
def test_bars_need_their_numbers(kind, values, taken):
    block = blocks.DiagramBlock()
    items = [{"label": "曝光", "note": "", "value": value} for value in values]
    value = block.to_python(DRAWING | {"kind": kind, "items": items})
    try:
        block.clean(value)
    except wagtail_blocks.StructBlockValidationError as refused:
        assert (set(refused.block_errors), taken) == ({"kind"}, False)  # noqa: PT017
    else:
        assert taken


def test_a_drawing_stands_as_svg_and_as_words():
    block = blocks.DiagramBlock()
    items = [{"label": "曝光", "note": "1000 次", "value": 1000}, {"label": "<支付>", "value": 5}]

    html = block.render(block.to_python(DRAWING | {"items": items}))

    assert 'role="img" aria-label="漏斗 一级比一级少。"' in html
    assert html.count('<text class="label"') == 2
    assert '<li>曝光 <span class="muted">1000 次</span></li>' in html
    assert "&lt;支付&gt;" in html
    assert "style=" not in html
