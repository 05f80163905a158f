"""Parts that may hold figures say where these come from and what time they describe."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

ABOUT_FIGURES = ("source", "as_of")


class SourcedBlock(blocks.StructBlock):
    """Source and date of the figures, last in the form; `blocks/_source.html` shows them."""

    source = blocks.CharBlock(
        label=_("Source of the figures"), required=False, max_length=200,
        help_text=_("Who published the figures, and where; empty when there are none"),
    )  # fmt: skip
    as_of = blocks.CharBlock(
        label=_("As of"), required=False, max_length=40,
        help_text=_("The day or period the figures describe, such as 2024 or 2025-06"),
    )  # fmt: skip

    def get_form_layout(self) -> BlockGroup:
        """What the part itself holds comes first; the source is asked for last."""
        own = [name for name in self.child_blocks if name not in ABOUT_FIGURES]
        return BlockGroup([*own, *ABOUT_FIGURES])
