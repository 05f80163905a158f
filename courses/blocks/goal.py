"""One thing a person can do after the lesson."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import TEXT


class GoalBlock(blocks.CharBlock):
    """One learning goal, written as something a person can do."""

    class Meta:
        icon = "tick"
        group = TEXT
        label = _("Goal")
        template = "blocks/goal.html"
        preview_template = "blocks/goal_preview.html"
        preview_value = "能算出自己的综合分"
        description = _("What a person can do after the lesson")
        max_length = 160
