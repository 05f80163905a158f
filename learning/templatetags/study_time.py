"""Printing seconds of study."""

from django import template
from django.conf import settings
from django.utils.translation import ngettext

from kit.hours import CLASS_HOUR_SECONDS
from learning.rules.attending import Pace

register = template.Library()


@register.simple_tag
def study_pace() -> Pace:
    """How often a lesson page reports, and when it asks whether anybody is there."""
    return Pace(*settings.STUDY_PACE)


@register.filter
def clock(seconds: int) -> str:
    """Minutes and seconds: 1180 is "19:40"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def hours(seconds: int) -> str:
    """Class hours with at most two places, rounded down: 675 s is "0.25", 0 s is "0"."""
    hundredths = seconds * 100 // CLASS_HOUR_SECONDS
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0")
    return text.rstrip(".") if text.endswith(".") else text


@register.filter
def minutes(seconds: int) -> str:
    """How long it takes, rounded up to whole minutes; seconds when it is less than one."""
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    whole = -(-seconds // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", whole) % {"n": whole}
