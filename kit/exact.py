"""Exact scores: kept as fractions, printed once."""

from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from math import floor

_STEP = Decimal("0.000001")


def print_score(value: Fraction, *, line: Fraction | None = None) -> str:
    """Two places, half up; a score that misses `line` is never printed as reaching it.

    59.995 prints "60.00" alone and "59.99" beside a line of 60.
    """
    value = Fraction(value)
    hundredths = floor(value * 100 + Fraction(1, 2))
    if line is not None and value < line <= Fraction(hundredths, 100):
        hundredths = floor(value * 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def parts(value: Fraction) -> tuple[int, int]:
    """Numerator and denominator, as they are stored."""
    return value.numerator, value.denominator


def sort_decimal(value: Fraction) -> Decimal:
    """The value rounded down to six places: to sort by and to show in lists, never to decide on.

    Rounded down, so that it never reaches a line which the exact value missed.
    """
    with localcontext() as context:
        context.prec = 60
        scaled = floor(Fraction(value) * 1_000_000)
        return (Decimal(scaled) * _STEP).quantize(_STEP, rounding=ROUND_FLOOR)
