"""Printing planned and honest seconds on the pages of those who answer for lessons."""

from django import template

from kit.hours import class_hours_text

register = template.Library()


@register.filter
def clock(seconds: int) -> str:
    """Minutes and seconds: 1180 is "19:40"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def class_hours(seconds: int) -> str:
    """Class hours with one place, rounded down."""
    return class_hours_text(seconds)
