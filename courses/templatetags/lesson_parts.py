"""Small helpers of the block templates."""

from django import template

register = template.Library()


@register.filter
def letter(place: int) -> str:
    """The key of an option: 0 is "A"."""
    return chr(ord("A") + int(place))
