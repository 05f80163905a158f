"""Panels of the lesson's editor."""

from typing import Any

from wagtail.admin.panels import Panel


class WordingPanel(Panel):
    """What the lesson, as it was saved last, says in absolute words; hints only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/wording_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"found": self.instance.absolute_words() if self.instance.pk else ()}
