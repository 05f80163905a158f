"""From marks to the theory score."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def theory_score(items: Iterable[tuple[Fraction, Decimal]]) -> Fraction:
    """The exact score 0–100 of (fraction earned, maximum mark) pairs."""
    pairs = [(fraction, Fraction(mark)) for fraction, mark in items]
    most = sum(mark for _, mark in pairs)
    return Fraction(100) * sum(fraction * mark for fraction, mark in pairs) / most
