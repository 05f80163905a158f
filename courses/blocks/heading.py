"""A heading inside a lesson; it also becomes a line of the page's outline."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import TEXT


class HeadingBlock(blocks.CharBlock):
    """One line; its block id is the anchor of the section."""

    class Meta:
        icon = "title"
        group = TEXT
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = "一元广告费换回多少钱"
        description = _("Opens a section and is listed in the outline of the page")
        max_length = 80
