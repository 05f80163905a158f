"""A calculation done in full."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import PRACTICE
from courses.blocks.sourced import SourcedBlock


class WorkedExampleBlock(SourcedBlock):
    """A question, the steps to its answer and the answer."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    question = blocks.TextBlock(label=_("Question"), rows=3)
    steps = blocks.ListBlock(blocks.TextBlock(label=_("Step"), rows=2), label=_("Steps"))
    answer = blocks.TextBlock(label=_("Answer"), rows=2)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=240)

    class Meta:
        icon = "edit"
        group = PRACTICE
        label = _("Worked example")
        template = "blocks/worked_example.html"
        preview_value = {
            "title": "一次 1000 元的投放",
            "question": "833 次点击，转化率 3.5%，客单价 200 元，投产比是多少？",
            "steps": ["收益：833 × 3.5% × 200 = 5831 元", "（5831 − 1000）÷ 1000 ≈ 4.83"],
            "answer": "投产比约 4.83。",
        }
        description = _("A question, every step and the answer")
