from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.tables import EMPTY, Cell, TableRow
from people.rules.roster import (
    EXPECTED,
    check_duplicates,
    check_supervisors,
    match_columns,
    read_row,
    shared_bank_accounts,
    visible,
)
from tests.people.roster import ALL_COLUMNS, ON, id_number, row


def read(**texts):
    return read_row(row(**texts), ALL_COLUMNS, on=ON, typed=True)


def faults(**texts):
    return [(fault.column, fault.code) for fault in read(**texts).faults]


def flags(**texts):
    return [(flag.column, flag.code) for flag in read(**texts).flags]


def test_a_whole_row_is_read_into_clean_values():
    found = read(
        number="jx00001", sex="男", id_type="居民身份证", mobile="15400000001",
        email="A@Example.com", unit="示例公司", uscc="91369900MA0DEM013H", department="电商部",
        post="店铺运营", family="运营类", category="企业职工",
        hired_on=Cell(date(2020, 1, 2), "date"),
        education="本科", household="江西省", permit="3699642710525230", bank_name="江西银行",
        bank_account="9999 6167 5004 3432 145", supervisor="jx00002",
    )  # fmt: skip

    assert found.faults == []
    assert found.flags == []
    assert found.values == {
        "number": "JX00001", "name": "王小明", "sex": "M", "id_type": "resident",
        "id_number": id_number(), "born_on": date(1990, 3, 7), "mobile": "15400000001",
        "email": "a@example.com", "uscc": "91369900MA0DEM013H", "unit": "示例公司",
        "department": "电商部", "post": "店铺运营", "education": "本科", "household": "江西省",
        "bank_name": "江西银行", "family": "operation", "category": "employee",
        "hired_on": date(2020, 1, 2), "permit": "3699642710525230",
        "bank_account": "9999616750043432145", "supervisor": "JX00002",
    }  # fmt: skip


def test_titles_are_found_by_alias_in_any_order_and_unknown_ones_are_ignored():
    found = match_columns(["角色", "ID Number", "学员姓名"])

    assert found.titles == {"id_number": "ID Number", "name": "学员姓名"}
    assert found.ignored == ["角色"]
    assert found.missing == []
    assert found.title("name") == "学员姓名"
    assert found.title("mobile") == "手机号"


def test_missing_and_repeated_columns_are_named():
    found = match_columns(["姓名", "Name"])

    assert (found.missing, found.twice) == (["证件号码"], ["Name"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_missing"),
        (" \u3000 ", "name_missing"),
        ("王\x07明", "control_character"),
        ("王\u202e明", "control_character"),
        ("王\u200b明", "control_character"),
        ("王\x00明", "control_character"),
        ("=1+1", "like_formula"),
        ("＝1+1", "like_formula"),
        ("@SUM(1)", "like_formula"),
        ("王明😀", "not_a_name"),
        ("123", "not_a_name"),
        ("··", "not_a_name"),
        ("明" * 81, "too_long"),
    ],
)
def test_a_name_is_refused(name, code):
    assert faults(name=name) == [("姓名", code)]


@pytest.mark.parametrize(
    "name", ["王", "阿卜杜热合曼·买买提", "O'Neil", "Zoë", "明" * 60, "\u0e01\u0e33"]
)
def test_a_name_is_kept(name):
    assert read(name=name).values["name"] == name
    assert flags(name=name) == []


def test_a_name_is_trimmed_and_a_rare_character_is_pointed_out():
    assert read(name="\xa0刘小燕\u3000").values["name"] == "刘小燕"
    assert flags(name="\xa0刘小燕\u3000") == [("姓名", "blanks_removed")]
    assert flags(name="𠮷田正") == [("姓名", "rare_character")]


def test_formula_and_error_cells_are_refused_everywhere():
    assert faults(name=Cell("=A1", "formula")) == [("姓名", "formula_cell")]
    assert faults(post=Cell("#REF!", "error")) == [("岗位", "error_cell")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "id_number_empty"),
        (Cell(3.6990119950101e17, "number"), "id_number_cell"),
        ("3.69901E+17", "id_number_scientific"),
        ("369901900307001", "id_number_old"),
        ("36990119900307", "id_number_length"),
        ("3699011990030700AX", "id_number_characters"),
        ("99990119900307001X", "id_number_region"),
        ("369901199002300012", "id_number_date"),
        ("369901199013070011", "id_number_date"),
        (id_number("36990120270307001"), "id_number_future"),
        (id_number("36990118900307001"), "id_number_age"),
        ("369901199003070011", "id_number_check"),
        (id_number("36990120110901005"), "under_age"),
    ],
)
def test_an_id_number_is_refused(cell, code):
    assert faults(id_number=cell) == [("证件号码", code)]


def test_an_id_number_is_masked_in_its_fault():
    assert read(id_number="369901199003070011").faults[0].value == "369***********0011"
    assert read(id_number=Cell(3.6990119950101e17, "number")).faults[0].value == "3.69901E+17"


def test_an_id_number_is_mended():
    text = id_number("36990619910508131")
    assert text.endswith("X")

    assert read(id_number=f"{text[:6]} {text[6:].lower()}").values["id_number"] == text
    assert flags(id_number=text.lower()) == [("证件号码", "id_number_mended")]


@pytest.mark.parametrize(
    ("id_type", "number", "good"),
    [
        ("港澳居民来往内地通行证", "H12345678", True),
        ("港澳居民来往内地通行证", "h1234567801", True),
        ("港澳居民来往内地通行证", "12345678", False),
        ("台湾居民来往大陆通行证", "12345678", True),
        ("护照", "E12345678", True),
        ("护照", "E1", False),
        ("港澳台居民居住证", id_number("81000019900307001"), True),
    ],
)
def test_other_documents_have_their_own_shape(id_type, number, good):
    expected = [] if good else [("证件号码", "id_number_shape")]

    assert faults(id_type=id_type, id_number=number) == expected


def test_sex_comes_from_the_id_number_and_must_not_contradict_it():
    assert read().values["sex"] == "M"
    assert faults(sex="女") == [("性别", "sex_contradicts_id")]
    assert faults(sex="?") == [("性别", "not_a_sex")]


@pytest.mark.parametrize(
    "text", ["+86 154-0013-8000", "１５４００１３８０００", "8615400138000", "154 0013 8000"]
)
def test_a_mobile_is_mended(text):
    assert read(mobile=text).values["mobile"] == "15400138000"
    assert flags(mobile=text) == [("手机号", "mobile_mended")]


def test_a_mobile_of_twelve_digits_is_refused_and_masked():
    assert faults(mobile="154001380001") == [("手机号", "mobile_mobile")]
    assert read(mobile="154001380001").faults[0].value == "154*****0001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a@b.com\nBcc: x@y.com", "email_line_break"),
        ("a@b%0aBcc:c@d.com", "email_line_break"),
        ("张三@例子.com", "not_an_email"),
        ("a@b", "not_an_email"),
        ("a" * 250 + "@b.com", "not_an_email"),
    ],
)
def test_an_address_is_refused(text, code):
    assert faults(email=text) == [("邮箱", code)]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025-03-10", date(2025, 3, 10)),
        ("2025/3/10", date(2025, 3, 10)),
        ("2025年3月10日", date(2025, 3, 10)),
        ("20250310", date(2025, 3, 10)),
        ("44927", date(2023, 1, 1)),
        (Cell(44927, "number"), date(2023, 1, 1)),
        (Cell(datetime(2023, 1, 1, 9), "datetime"), date(2023, 1, 1)),
    ],
)
def test_a_day_written_as_text_or_serial_is_read_and_pointed_out(cell, day):
    assert read(hired_on=cell).values["hired_on"] == day
    assert flags(hired_on=cell) == [("入职日期", "date_from_text")]


def test_iso_text_is_the_usual_thing_in_csv():
    found = read_row(row(hired_on="2025-03-10"), ALL_COLUMNS, on=ON, typed=False)

    assert (found.values["hired_on"], found.flags) == (date(2025, 3, 10), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026/2/30", "date_impossible"),
        ("20260230", "date_impossible"),
        ("26.1.5", "date_short_year"),
        ("60", "date_unreadable"),
        ("999999", "date_unreadable"),
        ("春节", "date_unreadable"),
        ("2004-01-01", "hired_under_age"),
    ],
)
def test_a_day_is_refused(text, code):
    assert faults(hired_on=text) == [("入职日期", code)]


@pytest.mark.parametrize(
    ("key", "text", "column", "code"),
    [
        ("category", "神秘人员", "人员类别", "not_a_category"),
        ("family", "神秘类", "岗位类别", "not_a_family"),
        ("id_type", "驾照", "证件类型", "not_an_id_type"),
        ("uscc", "91369900MA0DEM013I", "统一社会信用代码", "uscc_characters"),
        ("uscc", "91369900MA0DEM0131", "统一社会信用代码", "uscc_check"),
        ("uscc", "9136", "统一社会信用代码", "uscc_length"),
        ("number", "J X!", "工号", "not_a_number"),
        ("bank_account", "12", "银行账号", "not_digits"),
        ("post", "店铺\x07", "岗位", "control_character"),
        ("post", "岗" * 61, "岗位", "too_long"),
        ("department", "电商部", "部门", "department_without_unit"),
    ],
)
def test_other_cells_are_refused(key, text, column, code):
    assert faults(**{key: text}) == [(column, code)]


def test_a_number_cell_with_sixteen_digits_is_refused_for_accounts():
    cell = Cell(9.999616750043432e18, "number")

    assert faults(bank_account=cell) == [("银行账号", "number_cell")]


def test_a_code_in_small_letters_is_mended():
    assert flags(uscc="91369900ma0dem013h", unit="示例") == [("统一社会信用代码", "uscc_mended")]


def test_a_bad_unit_is_not_blamed_twice():
    assert faults(uscc="9136", department="电商部") == [("统一社会信用代码", "uscc_length")]


def test_an_employee_number_that_is_a_number_is_taken_and_dates_in_text_columns_too():
    found = read(number=Cell(1024.0, "number"), post=Cell(date(2026, 1, 1), "date"))

    assert found.values["number"] == "1024"
    assert found.values["post"] == "2026-01-01"


def test_nobody_is_his_own_supervisor():
    assert faults(number="A1", supervisor="a1") == [("直属上级工号", "own_supervisor")]


def test_every_row_of_a_repetition_is_at_fault():
    rows = [
        read_row(row(2, number="A1", mobile="15400000001"), ALL_COLUMNS, on=ON, typed=True),
        read_row(row(3, number="A2", mobile="15400000001"), ALL_COLUMNS, on=ON, typed=True),
        read_row(row(4, id_number=id_number("36990119900307003")), ALL_COLUMNS, on=ON, typed=True),
    ]

    check_duplicates(rows, ALL_COLUMNS)

    assert [[(f.column, f.value, f.params["rows"]) for f in each.faults] for each in rows] == [
        [("证件号码", "369***********001X", "3"), ("手机号", "154****0001", "3")],
        [("证件号码", "369***********001X", "2"), ("手机号", "154****0001", "2")],
        [],
    ]


def test_a_supervisor_is_known_or_a_good_row_of_the_file():
    def person(number, name, supervisor, order):
        found = row(number, name=name, number=f"A{number}", supervisor=supervisor,
                    id_number=id_number(f"3699011990030700{order}"))  # fmt: skip
        return read_row(found, ALL_COLUMNS, on=ON, typed=True)

    rows = [
        person(2, "甲", "", 1),
        person(3, "乙", "A2", 3),
        person(4, "丙", "KNOWN", 5),
        person(5, "丁", "A6", 7),
        person(6, "戊", "NOBODY", 9),
    ]

    check_supervisors(rows, ALL_COLUMNS, {"KNOWN"})

    assert [[fault.code for fault in each.faults] for each in rows] == [
        [], [], [], ["supervisor_unknown"], ["supervisor_unknown"],
    ]  # fmt: skip


def test_a_shared_bank_account_is_pointed_out():
    rows = [
        read_row(row(n, bank_account="62220000000000001"), ALL_COLUMNS, on=ON, typed=True)
        for n in (2, 3)
    ]

    shared_bank_accounts(rows, ALL_COLUMNS)

    assert [(f.column, f.code, f.params) for f in rows[0].flags] == [
        ("银行账号", "bank_account_shared", {"rows": "3"})
    ]


def test_control_characters_are_made_visible():
    assert visible("a\nb") == "a␊b"


@given(st.sampled_from(EXPECTED), st.text(min_size=1, max_size=30))
def test_no_text_breaks_the_reading_of_a_row(column, text):
    cells = {title: Cell(text, "text") if title == column else EMPTY for title in EXPECTED}

    found = read_row(TableRow(2, cells), ALL_COLUMNS, on=ON, typed=True)

    assert set(found.values) | {fault.column for fault in found.faults}


@given(st.integers(min_value=10**7, max_value=10**30))
def test_no_id_number_is_shown_whole_in_a_fault(number):
    found = read(id_number=str(number))

    assert [f for f in found.faults if f.column == "证件号码" and str(number) in f.value] == []
