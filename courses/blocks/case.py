"""A case to think through."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import PRACTICE
from courses.blocks.paragraph import FEATURES, CleanRichTextBlock


class CaseBlock(blocks.StructBlock):
    """A scene, questions and a model answer.

    The template prints the model answer only when the page's context says `answered`:
    nobody reads it before giving an answer.
    """

    scenario = CleanRichTextBlock(label=_("Scene"), features=FEATURES)
    questions = blocks.ListBlock(
        blocks.CharBlock(label=_("Question")), label=_("Questions"), default=[]
    )
    model_answer = CleanRichTextBlock(
        label=_("Model answer"),
        features=FEATURES,
        required=False,
        help_text=_("Shown to a person only after the person's own answer"),
    )
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=240)

    class Meta:
        icon = "comment"
        group = PRACTICE
        label = _("Case")
        template = "blocks/case.html"
        preview_value: dict[str, Any] = {
            "scenario": "<p>某店铺理论 90、实操 62、过程 85。</p>",
            "questions": ["总评多少？", "短板在哪里？"],
            "model_answer": "<p>90 × 40% + 62 × 40% + 85 × 20% = 77.8。</p>",
            "minutes": 5,
        }
        description = _("A scene with questions; the model answer follows one's own")
