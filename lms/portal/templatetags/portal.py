"""Words and addresses for the start pages."""

from typing import Any

from django import template

from lms.portal import nav

register = template.Library()


@register.simple_tag
def place(name: str, **kwargs: Any) -> str:
    """The address of a thing in another app; the start page while the app has none."""
    return nav.link(name, **kwargs) or "/"


@register.filter
def minutes_down(seconds: int) -> int:
    """Whole minutes that are surely there."""
    return seconds // 60


@register.filter
def minutes_up(seconds: int) -> int:
    """Minutes that are surely enough."""
    return -(-seconds // 60)


@register.simple_tag
def place_if(name: str, **kwargs: Any) -> str:
    """The address of a thing in another app, or nothing while the app has none."""
    return nav.link(name, **kwargs)
