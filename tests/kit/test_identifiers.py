from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import identifiers
from kit.identifiers import (
    IdentifierError,
    IdNumber,
    age_on,
    check_character,
    id_check_character,
    mask_id_number,
    mask_name,
    normalise_code,
    normalise_mobile,
    parse_id_number,
    parse_uscc,
    random_code,
    uscc_check_character,
)

ON = date(2026, 3, 13)


@pytest.mark.parametrize(
    ("number", "sex", "born_on"),
    [
        ("36990119900307001X", "M", date(1990, 3, 7)),
        ("369901199501010028", "F", date(1995, 1, 1)),
        ("369902200312310111", "M", date(2003, 12, 31)),
        ("369901196506150034", "M", date(1965, 6, 15)),
        ("369901200802290065", "F", date(2008, 2, 29)),
        ("369901201109010058", "M", date(2011, 9, 1)),
        ("369901199811150085", "F", date(1998, 11, 15)),
        ("11010519491231002X", "F", date(1949, 12, 31)),
    ],
)
def test_valid_id_numbers(number, sex, born_on):
    assert parse_id_number(number, on=ON) == IdNumber(number, born_on, sex)


def test_the_19th_century_example_of_the_standard_was_valid_in_its_year():
    assert parse_id_number("440524188001010014", on=date(1999, 7, 1)).born_on == date(1880, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "\u00a011010519491231002X ",
    ],
)
def test_id_numbers_are_mended(text):
    assert parse_id_number(text, on=ON).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105194912310021", "check"),
        ("369901199003070011", "check"),
        ("110105194912310000", "check"),
        ("12345678", "length"),
        ("3304028807024471", "length"),
        ("11010519491231002", "length"),
        ("110105194902300012", "date"),
        ("369901199002300012", "date"),
        ("110105194913010010", "date"),
        ("110105209912310010", "future"),
        ("000000194912310019", "region"),
        ("1101O519491231002X", "characters"),
        ("110105491231002", "old"),
        ("-", "empty"),
        ("", "empty"),
        ("1.10105E+17", "scientific"),
        ("440524188001010014", "age"),
        ("²1010519491231002X", "check"),
        ("١1010519491231002X", "characters"),
    ],
)
def test_invalid_id_numbers_are_named(text, code):
    with pytest.raises(IdentifierError) as caught:
        parse_id_number(text, on=ON)

    assert caught.value.code == code
    assert caught.value.message


@given(st.integers(0, 10**17 - 1), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_an_id_number_is_always_found(number, place, change):
    right = f"{number:017d}"
    wrong = right[:place] + str((int(right[place]) + change) % 10) + right[place + 1 :]

    assert id_check_character(wrong) != id_check_character(right)


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2010, 3, 14), date(2026, 3, 13), 15),
        (date(2010, 3, 13), date(2026, 3, 13), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age(born_on, on, age):
    assert age_on(born_on, on) == age


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("91110000600037341L", "91110000600037341L"),
        ("9 1 110000 600037341L", "91110000600037341L"),
        ("52369900ma0dem013j", "52369900MA0DEM013J"),
        ("91369900MA0DEM013H", "91369900MA0DEM013H"),
        ("91369900MA0DEM021C", "91369900MA0DEM021C"),
        ("52369900MA0DEM03X5", "52369900MA0DEM03X5"),
        ("91350100M000100Y43", "91350100M000100Y43"),
    ],
)
def test_valid_credit_codes(text, code):
    assert parse_uscc(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A1110000600037341L", "check"),
        ("12345", "length"),
        ("91369900MA0DEM013", "length"),
        ("91110000600037341I", "characters"),
        ("91369900MA0DEM013I", "characters"),
        ("91350100M000100Y4Z", "characters"),
        ("911100006000373410", "check"),
    ],
)
def test_invalid_credit_codes(text, code):
    with pytest.raises(IdentifierError) as caught:
        parse_uscc(text)

    assert caught.value.code == code


@given(
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17),
    st.integers(0, 16),
    st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"),
)
def test_one_wrong_character_of_a_credit_code_is_always_found(text, place, sign):
    wrong = text[:place] + sign + text[place + 1 :]

    assert (uscc_check_character(wrong) == uscc_check_character(text)) == (wrong == text)


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "+86 138-0013-8000",
        "１３８００１３８０００",
        "86 13800138000",
        "008613800138000",
    ],
)
def test_mobiles_are_normalised(text):
    assert normalise_mobile(text) == "13800138000"


@pytest.mark.parametrize("text", ["138001380001", "12800138000", "1380013800", "", "+1 3800138000"])
def test_mobiles_are_refused(text):
    with pytest.raises(IdentifierError) as caught:
        normalise_mobile(text)

    assert caught.value.code == "mobile"


def test_masks():
    assert mask_id_number("36990119900307001X") == "369***********001X"
    assert mask_id_number("1234567") == "*******"
    assert [mask_name("张三"), mask_name("欧阳娜娜"), mask_name("")] == ["张*", "欧*", "*"]


def test_check_character_of_the_published_example():
    assert check_character("A12425GABC1234002") == "M"


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=24), st.data())
def test_a_wrong_or_swapped_character_changes_the_check(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    wrong = text[:place] + sign + text[place + 1 :]

    assert (check_character(wrong) == check_character(text)) == (wrong == text)


def test_check_character_refuses_other_characters():
    with pytest.raises(ValueError, match="substring"):
        check_character("a-1")


def test_random_codes_survive_typing():
    code = random_code()

    typed = code.lower().replace("0", "O").replace("1", "l")
    assert len(code) == identifiers.CODE_LENGTH == 26
    assert normalise_code(f" {typed[:13]}-{typed[13:]} ") == code
    assert random_code() != code


@pytest.mark.parametrize("text", ["", "x", "U" * 26, "A" * 27, "😀" * 26, "A" * 10_000, "'; --"])
def test_other_codes_are_refused(text):
    with pytest.raises(IdentifierError) as caught:
        normalise_code(text)

    assert caught.value.code == "code"


def outcome(parse, text):
    try:
        return bool(parse(text))
    except IdentifierError as error:
        return bool(error.message)


@given(st.text(max_size=40))
def test_no_text_breaks_the_parsers(text):
    parsers = [parse_uscc, normalise_mobile, normalise_code, lambda t: parse_id_number(t, on=ON)]

    assert [outcome(parse, text) for parse in parsers] == [True] * 4
