import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.money import LARGEST_FEN, capitals, format_yuan, parse_yuan, percent_down

CAPITALS = [
    ("1409.50", "壹仟肆佰零玖元伍角整"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("2880", "贰仟捌佰捌拾元整"),
    ("987.64", "玖佰捌拾柒元陆角肆分"),
    ("3000", "叁仟元整"),
    ("107200", "壹拾万柒仟贰佰元整"),
    ("107680.00", "壹拾万柒仟陆佰捌拾元整"),
    ("100010000", "壹亿零壹万元整"),
    ("0.05", "伍分"),
    ("0", "零元整"),
    ("107000.53", "壹拾万柒仟元零伍角叁分"),
    ("10", "壹拾元整"),
    ("0.5", "伍角整"),
    ("1000000000000", "壹万亿元整"),
    ("1000100000001", "壹万零壹亿零壹元整"),
    ("1000000100000", "壹万亿零壹拾万元整"),
]


@pytest.mark.parametrize(("amount", "words"), CAPITALS)
def test_capitals_follow_the_rules_for_bills(amount, words):
    assert capitals(parse_yuan(amount)) == words


def read_capitals(words):
    """The inverse, written independently: units as numbers, sections summed."""
    digits = "零壹贰叁肆伍陆柒捌玖"
    units = {"拾": 10, "佰": 100, "仟": 1000}
    whole, _, rest = words.rpartition("元") if "元" in words else ("", "", words)

    def section(text):
        total = digit = 0
        for sign in text:
            if sign in digits:
                digit = digits.index(sign)
            else:
                total, digit = total + digit * units[sign], 0
        return total + digit

    def number(text):
        for sign, worth in (("亿", 10**8), ("万", 10**4)):
            if sign in text:
                head, _, tail = text.rpartition(sign)
                return number(head) * worth + number(tail)
        return section(text)

    jiao = re.search(r"(.)角", rest)
    fen = re.search(r"(.)分", rest)
    return (
        number(whole) * 100
        + (digits.index(jiao[1]) * 10 if jiao else 0)
        + (digits.index(fen[1]) if fen else 0)
    )


@given(st.integers(0, LARGEST_FEN - 1))
def test_capitals_can_be_read_back(fen):
    words = capitals(fen)

    assert read_capitals(words) == fen
    assert "零零" not in words
    assert words.endswith("整") == (fen % 10 == 0)


@pytest.mark.parametrize("fen", [-1, LARGEST_FEN])
def test_capitals_refuse_what_no_bill_says(fen):
    with pytest.raises(ValueError, match="Only amounts"):
        capitals(fen)


@given(st.integers(0, 10**14))
def test_printed_yuan_parse_back(fen):
    assert parse_yuan(format_yuan(fen)) == fen


def test_format_yuan_groups_thousands_and_keeps_the_sign():
    assert [format_yuan(fen) for fen in (360000, 5, -123456, 0)] == [
        "3,600.00", "0.05", "-1,234.56", "0.00",
    ]  # fmt: skip


def test_parse_yuan_accepts_full_width():
    assert parse_yuan("３，６００．５") == 360050


@pytest.mark.parametrize(
    "text", ["", "-1", "¥5", "5元", "1.005", "1,00", "NaN", "1e3", "0x1", "٣", "1" * 14, "1 000"]
)
def test_parse_yuan_refuses(text):
    with pytest.raises(ValueError, match="yuan"):
        parse_yuan(text)


def test_percentages_round_down_to_the_fen():
    assert percent_down(200001, 80) == 160000
    assert percent_down(123456, 80) == 98764
    assert percent_down(375000, Decimal("80")) == 300000


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_a_percentage_is_never_above_itself(fen, percent):
    got = percent_down(fen, percent)

    assert got * 100 <= fen * percent < (got + 1) * 100
