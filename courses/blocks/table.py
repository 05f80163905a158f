"""A plain table with a caption."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import BOXES
from courses.blocks.sourced import SourcedBlock


class TableBlock(SourcedBlock):
    """Header cells and rows of cells; the first cell of a row names the row."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=120)
    header = blocks.ListBlock(blocks.CharBlock(label=_("Cell")), label=_("Header"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False), label=_("Row")),
        label=_("Table rows"),
    )

    class Meta:
        icon = "table"
        group = BOXES
        label = _("Table")
        template = "blocks/table.html"
        preview_value = {
            "caption": "总评由三项组成",
            "header": ["项目", "权重"],
            "rows": [["理论", "40%"], ["实操", "40%"], ["过程", "20%"]],
        }
        description = _("Rows and columns with a caption; wide tables scroll by themselves")
