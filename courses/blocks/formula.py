"""One formula."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import BOXES
from courses.blocks.sourced import SourcedBlock


class FormulaBlock(SourcedBlock):
    """A named formula in words, with an optional note that puts numbers into it."""

    name = blocks.CharBlock(label=_("Formula name"), max_length=80)
    expression = blocks.CharBlock(label=_("Formula"), max_length=240)
    note = blocks.TextBlock(label=_("Note"), required=False, rows=2)

    class Meta:
        icon = "superscript"
        group = BOXES
        label = _("Formula")
        template = "blocks/formula.html"
        preview_value = {
            "name": "投产比",
            "expression": "ROI =（收益 − 成本）÷ 成本",
            "note": "（5831 − 1000）÷ 1000 ≈ 4.83",
        }
        description = _("A named formula with a worked line under it")
