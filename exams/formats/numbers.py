"""Numbers in question files: exact, and never what a machine makes of a slip."""

import re
from decimal import Context, Decimal
from fractions import Fraction

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LONGEST, _FARTHEST = 40, 30
# What files round: thirds, sixths, sevenths, ninths, elevenths and twelfths.
_ROUNDED = (3, 6, 7, 9, 11, 12)
PLACES = 7  # digits behind the point in which Moodle writes a percentage


def read_decimal(text: str) -> Decimal:
    """A plain number; ValueError for words, NaN, a decimal comma, 1e400 and endless digits."""
    plain = text.strip()
    if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
        raise ValueError(plain)
    number = Decimal(plain)
    if number and abs(number.adjusted()) > _FARTHEST:
        raise ValueError(plain)
    return number


def plain_decimal(number: Decimal) -> str:
    """The shortest spelling without an exponent: 3, 0.05, 1000."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def middle_and_reach(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """A range as value and tolerance, exactly. ValueError when it is reversed."""
    if low > high:
        raise ValueError("reversed")
    exact = Context(prec=200)
    half = Decimal("0.5")
    total, width = exact.add(low, high), exact.subtract(high, low)
    return exact.multiply(total, half), exact.multiply(width, half)


def read_percent(text: str) -> Fraction:
    """A percentage as a fraction of 1: 33.333 is a third, 33 is 33 hundredths.

    A number with two or more decimals that some k/3, k/6, k/7, k/9, k/11 or k/12 has when cut or
    rounded there is that fraction: nobody writes 66.67 and means anything else. ValueError for no
    number and for more than 100 or less than −100.
    """
    number = read_decimal(text)
    share = Fraction(number) / 100
    if abs(share) > 1:
        raise ValueError(text)
    places = max(0, -int(number.as_tuple().exponent))
    if places < 2:
        return share
    for whole in _ROUNDED:
        near = Fraction(round(share * whole), whole)
        if abs(near - share) * 100 < Fraction(1, 10**places):
            return near
    return share


def write_percent(share: Fraction) -> str:
    """The percentage as files write it. ValueError when reading it back gives another fraction."""
    scaled = round(share * 100 * 10**PLACES)
    text = plain_decimal(Decimal(scaled).scaleb(-PLACES))
    if read_percent(text) != share:
        raise ValueError(str(share))
    return text
