"""Reading a number as people type it on phones and in Chinese input methods."""

import re
from decimal import Decimal

from kit.numbers import fold, parse_number

_MINUS = str.maketrans(dict.fromkeys("−﹣－–—‐‑‒―", "-"))
_STATED = re.compile(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,6})?")


def fold_answer(text: str) -> str:
    """Full-width forms become half-width, every kind of minus the plain one, outer space goes."""
    return fold(text.translate(_MINUS))


def read_number(text: str, *, unit: str = "") -> Decimal | None:
    """The number a person typed, with the unit behind it forgiven; None when it is not one.

    `12,000` with commas by thousands is a number, `1,5` is not: it could be 1.5 or 15.
    """
    folded = fold_answer(text).replace(" ", "").replace("。", ".")
    folded_unit = fold_answer(unit).replace(" ", "")
    if folded_unit and folded.endswith(folded_unit):
        folded = folded[: -len(folded_unit)]
    try:
        return parse_number(folded)
    except ValueError:
        return None


def read_decimal(text: object, *, most: int = 10**15) -> Decimal | None:
    """A number that a question's body states as text, so that 0.1 stays 0.1; None if it is none.

    At most 6 decimal places, no exponent and no larger than `most`: what is written in a few
    characters is also reckoned with in a moment, and never prints as another figure.
    """
    if not isinstance(text, str) or not _STATED.fullmatch(text):
        return None
    number = Decimal(text)
    return number if abs(number) <= most else None
