"""Running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import TEXT

FEATURES = ["bold", "ul", "ol", "link"]


class ParagraphBlock(blocks.RichTextBlock):
    """Text with bold words, lists and links; nothing that would break a phone."""

    class Meta:
        icon = "pilcrow"
        group = TEXT
        label = _("Text")
        template = "blocks/paragraph.html"
        preview_value = "<p>付费推广按点击收钱。判断一条广告值不值，先看<b>投产比</b>。</p>"
        description = _("Running text with bold words, lists and links")
