"""How training prints its figures."""

from decimal import Decimal
from fractions import Fraction

from django import template

from kit.money import format_yuan

register = template.Library()


@register.filter
def clock(seconds: int) -> str:
    """Hours, minutes and seconds: 3725 is "1:02:05"."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@register.filter
def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    return format_yuan(fen)


@register.filter
def points(value: Fraction | Decimal | None) -> str:
    """Points with two decimals; a dash where there are none."""
    return "–" if value is None else f"{Decimal(float(value)):.2f}"


@register.filter
def lookup(mapping: dict[object, object], key: object) -> object:
    """A value of a mapping; None where the key is missing."""
    return mapping.get(key)
