"""Reading what people type: one width of characters, one kind of blank, plain numbers."""

import re
import unicodedata
from decimal import Decimal

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})
LONGEST = 40


def fold(text: str) -> str:
    """Half-width text (NFKC) without invisible characters, blanks joined and trimmed.

    Case is kept: compare with `fold(a).casefold()` where it must not matter.
    """
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def parse_number(text: str) -> Decimal:
    """The exact number a person typed: full-width digits, a sign and thousands separators.

    ValueError (an English msgid) for words, NaN, exponents, a decimal comma, misplaced
    separators and anything longer than 40 characters.
    """
    folded = fold(text).translate(_MINUS)
    if len(folded) > LONGEST or not folded.isascii() or not _NUMBER.fullmatch(folded):
        raise ValueError("Enter a plain number, such as 12.5.")
    return Decimal(folded.replace(",", ""))
