"""Things done one after the other."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import BOXES


class StepsBlock(blocks.StructBlock):
    """Numbered steps under a title."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    items = blocks.ListBlock(blocks.CharBlock(label=_("Step")), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        group = BOXES
        label = _("Steps")
        template = "blocks/steps.html"
        preview_value = {"title": "改进闭环", "items": ["评估", "找问题", "改进", "再训"]}
        description = _("Numbered steps in their order")
