from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.numbers import fold, parse_number


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  ＡＢＣ　１２  ", "ABC 12"),
        ("a\u200bb\ufeff", "ab"),
        ("姓\u00a0名\n", "姓 名"),
        ("\u202eabc", "abc"),
        ("𠮷", "𠮷"),
    ],
)
def test_fold_leaves_one_width_and_single_blanks(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(fold(text))) == fold(fold(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", "12.5"),
        ("１２．５", "12.5"),
        ("1,234.50", "1234.50"),
        ("-3", "-3"),
        ("−3.5", "-3.5"),
        ("+.5", "0.5"),
        ("5.", "5"),
    ],
)
def test_parse_number_accepts(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "zero", "NaN", "inf", "1e400", "1e3", "3,5", "1,23,4", "1 2", "--1", "٣", "1" * 41, "十"],
)
def test_parse_number_refuses(text):
    with pytest.raises(ValueError, match="plain number"):
        parse_number(text)
