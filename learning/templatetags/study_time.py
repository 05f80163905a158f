"""Printing seconds of study."""

from django import template
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.hours import clock_text
from learning.rules.attending import Pace

register = template.Library()
register.filter("clock", clock_text)


@register.simple_tag
def study_pace() -> Pace:
    """How often a lesson page reports, and when it asks whether anybody is there."""
    return Pace(*settings.STUDY_PACE)


@register.filter
def minutes(seconds: int) -> str:
    """How long it takes, rounded up to whole minutes, from an hour on with the hours named; seconds
    when it is less than a minute."""
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    whole = -(-seconds // 60)
    if whole < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", whole) % {"n": whole}
    return _("%(hours)d h %(minutes)d min") % {"hours": whole // 60, "minutes": whole % 60}
