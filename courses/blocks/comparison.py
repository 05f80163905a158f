"""Two things side by side."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import BOXES
from courses.blocks.sourced import SourcedBlock


class ComparisonBlock(SourcedBlock):
    """Two named lists; on a phone one stands under the other."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    left_title = blocks.CharBlock(label=_("Left title"), max_length=60)
    left = blocks.ListBlock(blocks.CharBlock(label=_("Line")), label=_("Left side"))
    right_title = blocks.CharBlock(label=_("Right title"), max_length=60)
    right = blocks.ListBlock(blocks.CharBlock(label=_("Line")), label=_("Right side"))

    class Meta:
        icon = "list-ul"
        group = BOXES
        label = _("Comparison")
        template = "blocks/comparison.html"
        preview_value = {
            "title": "两类考核各看什么",
            "left_title": "过程考核",
            "left": ["课堂参与", "案例分析"],
            "right_title": "结果考核",
            "right": ["理论卷", "实操"],
        }
        description = _("Two named lists side by side")
