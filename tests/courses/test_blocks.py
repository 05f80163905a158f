import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks as wagtail_blocks

from courses import blocks

KINDS = [getattr(blocks, name) for name in blocks.__all__ if name != "LessonBody"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_has_icon_description_and_a_preview_that_renders(kind, db):
    block = kind()

    html = block.render(block.normalize(block.get_preview_value()))

    assert block.meta.icon not in ("", "placeholder")
    assert str(block.meta.description)
    assert block.meta.template == f"blocks/{block.meta.template.removeprefix('blocks/')}"
    assert html.strip()


def test_a_body_holds_seven_kinds_and_no_stream_in_a_stream():
    children = blocks.LessonBody().child_blocks

    assert sorted(children) == [
        "callout", "comparison", "formula", "heading", "paragraph", "steps", "table",
    ]  # fmt: skip
    assert not any(isinstance(child, wagtail_blocks.StreamBlock) for child in children.values())


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
