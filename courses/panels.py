"""Panels of the Wagtail admin: in the lesson's editor and on the start page."""

from typing import Any

from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component


class WordingPanel(Panel):
    """What the lesson, as it was saved last, says in absolute words; hints only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/wording_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"found": self.instance.absolute_words() if self.instance.pk else ()}


class HoursPanel(Panel):
    """What the lesson, as it was saved last, honestly takes beside what it plans."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/hours_panel.html"


class FlagsPanel(Component):
    """How many questions wait for a look after their lesson changed, with the way there."""

    template_name = "courses/admin_flags.html"
    order = 21

    def __init__(self, flagged: int) -> None:
        self.flagged = flagged

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"flagged": self.flagged}


class ReviewsPanel(Component):
    """How many lessons are overdue for their review, with the way there."""

    template_name = "courses/admin_reviews.html"
    order = 20

    def __init__(self, overdue: int) -> None:
        self.overdue = overdue

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"overdue": self.overdue}
