"""Printing planned and honest seconds on the pages of those who answer for lessons."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from courses.rules.hours import honest_seconds
from kit.hours import clock_text

register = template.Library()
register.filter("clock", clock_text)
LABELS = {
    "reading": _("Reading"),
    "media": _("Recordings"),
    "worked_example": _("Worked example"),
    "drill": _("Drill"),
    "case": _("Case"),
    "checks": _("Quick checks"),
}


@register.inclusion_tag("courses/_hours_said.html")
def hours_said(lesson: Any) -> dict[str, Any]:
    """The parts of a saved lesson, their sum and its plan; publishing reckons the same way."""
    if not lesson.pk:
        return {"saved": False}
    parts, planned = lesson.parts, lesson.planned_seconds or 0
    honest = honest_seconds(parts)
    return {
        "saved": True,
        "rows": [(LABELS[part.name], part) for part in parts],
        "honest": honest,
        "planned": planned,
        "over": max(planned - honest, 0),
        "left": max(honest - planned, 0),
    }
