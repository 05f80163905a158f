"""Something to do and hand in."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import PRACTICE
from courses.blocks.paragraph import FEATURES, CleanRichTextBlock


class DrillBlock(blocks.StructBlock):
    """A task, what to hand in and how long it may take. The answer is stored by `learning`."""

    task = CleanRichTextBlock(label=_("Task"), features=FEATURES)
    deliverable = blocks.TextBlock(label=_("What to hand in"), required=False, rows=2)
    answer = blocks.TextBlock(
        label=_("To check against"),
        required=False,
        rows=2,
        help_text=_("Shown to a person only after the person's own hand-in"),
    )
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=240)

    class Meta:
        icon = "clipboard-list"
        group = PRACTICE
        label = _("Drill")
        template = "blocks/drill.html"
        preview_value = {
            "task": "<p>给定三项成绩算总评，并判断哪一项补 5 分最划算。</p>",
            "deliverable": "一行算式加一句判断",
            "answer": "理论或实操补 5 分各加 2 分，过程加 1 分。",
            "minutes": 6,
        }
        description = _("A task with something to hand in")
