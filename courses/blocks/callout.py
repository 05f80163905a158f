"""A boxed note."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.paragraph import FEATURES

TONES = [("tip", _("Tip")), ("warning", _("Take care")), ("figure", _("Figures"))]


class CalloutBlock(blocks.StructBlock):
    """A short boxed note. The tone picks colour and icon in the template."""

    tone = blocks.ChoiceBlock(label=_("Tone"), choices=TONES, default="tip")
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)

    class Meta:
        icon = "warning"
        label = _("Boxed note")
        template = "blocks/callout.html"
        preview_value = {
            "tone": "warning",
            "title": "注意：4.83 不是利润",
            "text": "<p>这条算式只扣了广告费，没有扣货品和物流。</p>",
        }
        description = _("A tip, a warning or a few figures in a box")
