"""`{{ fen|yuan }}` → 3,600.00"""

from django import template

from kit.money import capitals, format_yuan

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """An amount in fen as yuan with thousands separators."""
    return format_yuan(fen or 0)


@register.filter
def in_capitals(fen: int | None) -> str:
    """An amount in fen in Chinese capitals, with 人民币 directly before it."""
    return f"人民币{capitals(fen or 0)}"
