"""Money in whole fen: reading, printing, capitals (大写) and percentages.

No amount is ever a float. The capitals follow 《正确填写票据和结算凭证的基本规定》, the annex
of 支付结算办法.
"""

import re
from decimal import Decimal
from fractions import Fraction

from kit.numbers import fold

_YUAN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.\d{1,2})?", re.ASCII)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿", "万亿")
LARGEST_FEN = 10**15


def format_yuan(fen: int) -> str:
    """Fen as yuan with thousands separators and two places: 360000 → "3,600.00"."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}"


def parse_yuan(text: str) -> int:
    """Fen of an amount typed in yuan; full-width digits and thousands separators are accepted.

    ValueError (an English msgid) for a sign, a currency symbol, more than two places, a
    misplaced separator, or anything else than one plain amount.
    """
    folded = fold(text)
    if not _YUAN.fullmatch(folded):
        raise ValueError("Enter an amount in yuan with at most two decimal places.")
    return int(Decimal(folded.replace(",", "")) * 100)


def percent_down(fen: int, percent: int | Decimal | Fraction) -> int:
    """That percentage of an amount, rounded down to the fen (never above the percentage)."""
    return int(Fraction(fen) * Fraction(percent) / 100 // 1)


def capitals(fen: int) -> str:
    """An amount in Chinese capitals: 288000 → "贰仟捌佰捌拾元整".

    Ends with 整 unless there are fen. ValueError for negative or absurdly large amounts.
    """
    if not 0 <= fen < LARGEST_FEN:
        raise ValueError("Only amounts from 0 to 9,999,999,999,999.99 yuan can be written.")
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return (whole or "零元") + "整"
    # A zero stands for a missing jiao, and for a yuan place of 0 before the jiao.
    gap = "零" if yuan and (jiao == 0 or yuan % 10 == 0) else ""
    tail = (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[cent]}分" if cent else "整")
    return whole + gap + tail


def _whole(number: int) -> str:
    """A positive whole number, in sections of four digits."""
    sections = []
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    text = ""
    for place in range(len(sections) - 1, -1, -1):
        section = sections[place]
        if not section:
            # 万 and 亿 of an empty section fall away; the zero comes with the next digits.
            continue
        skipped = place + 1 < len(sections) and (section < 1000 or not sections[place + 1])
        text += ("零" if skipped else "") + _section(section) + _unit(place, sections)
    return text


def _unit(place: int, sections: list[int]) -> str:
    """万亿 shortens to 万 where an 亿 follows anyway."""
    if place == 3 and sections[2]:
        return "万"
    return _SECTIONS[place]


def _section(section: int) -> str:
    """One to four digits, inner zeros as a single 零."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = section // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text
