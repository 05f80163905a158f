"""Running text."""

from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from courses.blocks.groups import TEXT
from kit.rich_text import clean_rich_text, pictures_in

FEATURES = ["bold", "ul", "ol", "link"]


class CleanRichTextBlock(blocks.RichTextBlock):
    """Rich text that is cleaned on the server, whatever the editor or a script has sent."""

    def clean(self, value: Any) -> Any:
        """Pictures are named and refused; what else our features do not make is taken out.

        The editor sends an empty paragraph where nothing was typed: that is no text.
        """
        found = pictures_in(value.source or "")
        if found:
            words = _("Running text holds no pictures; add them from the media library: %(names)s")
            raise ValidationError(words % {"names": ", ".join(found)})
        text = clean_rich_text(value.source or "")
        return super().clean(RichText(text if unescape(strip_tags(text)).strip() else ""))


class ParagraphBlock(CleanRichTextBlock):
    """Text with bold words, lists and links; nothing that would break a phone."""

    class Meta:
        icon = "pilcrow"
        group = TEXT
        label = _("Text")
        template = "blocks/paragraph.html"
        preview_value = "<p>付费推广按点击收钱。判断一条广告值不值，先看<b>投产比</b>。</p>"
        description = _("Running text with bold words, lists and links")


# Cleaning changes nothing that is stored: migrations need not know of it.
DECONSTRUCT_ALIASES = {CleanRichTextBlock: "wagtail.blocks.RichTextBlock"}
