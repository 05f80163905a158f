"""A boxed note."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import BOXES
from courses.blocks.paragraph import FEATURES, CleanRichTextBlock
from courses.blocks.sourced import SourcedBlock

FIGURES = "figure"
NEEDED = {
    "source": _("Figures need a source."),
    "as_of": _("Say what day or period the figures describe."),
}
TONES = [("tip", _("Tip")), ("warning", _("Take care")), (FIGURES, _("Figures"))]


class CalloutBlock(SourcedBlock):
    """A short boxed note. The tone picks colour and icon in the template."""

    tone = blocks.ChoiceBlock(label=_("Tone"), choices=TONES, default="tip")
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = CleanRichTextBlock(label=_("Text"), features=FEATURES)

    source = blocks.CharBlock(
        label=_("Source of the figures"), required=False, max_length=200,
        help_text=_("Needed where the tone is “Figures”: who published them, and where"),
    )  # fmt: skip

    class Meta:
        icon = "warning"
        group = BOXES
        label = _("Boxed note")
        template = "blocks/callout.html"
        preview_value = {
            "tone": "warning",
            "title": "注意：4.83 不是利润",
            "text": "<p>这条算式只扣了广告费，没有扣货品和物流。</p>",
        }
        description = _("A tip, a warning or a few figures in a box")

    def clean(self, value: Any) -> Any:
        """Published figures name their source and what time they describe; a draft may wait."""
        cleaned = super().clean(value)
        if self.is_deferred_validation or cleaned["tone"] != FIGURES:
            return cleaned
        lacking = {name: ValidationError(words) for name, words in NEEDED.items()
                   if not cleaned[name].strip()}  # fmt: skip
        if lacking:
            raise blocks.StructBlockValidationError(block_errors=lacking)
        return cleaned
