"""A drawing made of words: a flow, a timeline or bars."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from courses.blocks.groups import MEDIA
from courses.rules.diagrams import BARS, FLOW, TIMELINE, WIDTH, Item, drawn

KINDS = [(FLOW, _("Flow, one step after the other")), (TIMELINE, _("Timeline")),
         (BARS, _("Bars, each with its number"))]  # fmt: skip
MOST_ITEMS = 9


class DiagramItemBlock(blocks.StructBlock):
    """One step, moment or bar."""

    label = blocks.CharBlock(label=pgettext_lazy("drawing", "Words"), max_length=40)
    note = blocks.CharBlock(label=_("Small words below"), required=False, max_length=80)
    value = blocks.IntegerBlock(
        label=pgettext_lazy("drawing", "Number"),
        required=False,
        min_value=0,
        help_text=_("How long a bar is"),
    )


class DiagramBlock(blocks.StructBlock):
    """The page draws it as SVG from its words, in the colours of the reader's theme; the same
    words stand below as a list, so it can be read out, searched, printed and translated."""

    kind = blocks.ChoiceBlock(label=_("Kind of drawing"), choices=KINDS, default=FLOW)
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    description = blocks.CharBlock(
        label=_("What it shows, in one sentence"), max_length=160,
        help_text=_("Read out in place of the drawing"),
    )  # fmt: skip
    items = blocks.ListBlock(
        DiagramItemBlock(), label=_("What is drawn"), min_num=2, max_num=MOST_ITEMS
    )

    class Meta:
        icon = "decimal"
        group = MEDIA
        label = _("Drawing")
        template = "blocks/diagram.html"
        preview_value: dict[str, Any] = {
            "kind": BARS,
            "title": "四级漏斗（示例）",
            "description": "从曝光到支付，人数一级比一级少。",
            "items": [
                {"label": "曝光", "note": "10000 次", "value": 10000},
                {"label": "点击", "note": "600 次", "value": 600},
            ],
        }
        description = _("A flow, a timeline or bars, drawn from words")

    def clean(self, value: Any) -> Any:
        """Bars need their numbers, and one of them must be more than nothing."""
        cleaned = super().clean(value)
        numbers = [item.get("value") for item in cleaned["items"]]
        if cleaned["kind"] == BARS and (None in numbers or not any(numbers)):
            words = _("Bars need a number each, and at least one above 0.")
            raise blocks.StructBlockValidationError(block_errors={"kind": ValidationError(words)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        items = [Item(each["label"], each.get("note") or "", each.get("value") or 0)
                 for each in value["items"]]  # fmt: skip
        return context | {"drawing": drawn(value["kind"], items), "width": WIDTH}
