import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.spreadsheets import Column, read_table, write_csv, write_xlsx
from kit.spreadsheets.formulas import defuse, restore
from kit.spreadsheets.writing import LONGEST_CELL, clean_text, sheet_name

PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", 'a","=1+1', "a;=1+1",
    '=HYPERLINK("http://127.0.0.1/x","ok")', "=cmd|'/c calc'!A1",
]  # fmt: skip
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = [
    Column("text", "文字"), Column("int", "整数", "int"), Column("decimal", "成绩", "decimal"),
    Column("money", "金额", "money"), Column("percent", "比例", "percent"),
    Column("date", "日期", "date"), Column("at", "时间", "datetime", 22),
]  # fmt: skip
AT = datetime(2026, 3, 13, 2, 0, 5, tzinfo=UTC)
ROW = {
    "text": "文", "int": 3, "decimal": Fraction(119, 2), "money": 360001,
    "percent": Fraction(19, 20),
    "date": date(2026, 3, 13), "at": AT,
}  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50)


def sheets(path):
    return openpyxl.load_workbook(path)


def test_a_workbook_keeps_every_kind(tmp_path):
    path = tmp_path / "a.xlsx"

    count = write_xlsx(
        path, sheet="结业[报表]", columns=COLUMNS, rows=[ROW, list(ROW.values())],
        notes=["口径", ("截至", "2026-03-13")],
    )  # fmt: skip

    book = sheets(path)
    page = book.worksheets[0]
    assert count == 2
    assert [cell.value for cell in page[2]] == [cell.value for cell in page[3]] == [
        "文", 3, 59.5, 3600.01, 0.95, datetime(2026, 3, 13), datetime(2026, 3, 13, 10, 0, 5),
    ]  # fmt: skip
    assert page[2][3].number_format == "#,##0.00"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:G3"
    assert page.title == "结业 报表"
    assert [[cell.value for cell in row] for row in book.worksheets[1]] == [
        ["口径", None], ["截至", "2026-03-13"],
    ]  # fmt: skip
    assert page.column_dimensions["A"].width > 15


def test_no_rows_leave_titles(tmp_path):
    path = tmp_path / "a.xlsx"

    assert write_xlsx(path, sheet="空", columns=COLUMNS, rows=[]) == 0
    assert [cell.value for cell in sheets(path).active[1]] == [c.title for c in COLUMNS]
    assert len(sheets(path).sheetnames) == 1


def test_no_columns_are_no_fault(tmp_path):
    assert write_xlsx(tmp_path / "a.xlsx", sheet="空", columns=[], rows=[]) == 0


def test_a_row_of_the_wrong_length_is_a_fault(tmp_path):
    with pytest.raises(ValueError, match="zip"):
        write_xlsx(tmp_path / "a.xlsx", sheet="a", columns=COLUMNS, rows=[["x"]])


def test_missing_values_are_empty(tmp_path):
    write_xlsx(tmp_path / "a.xlsx", sheet="a", columns=COLUMNS, rows=[{}, dict.fromkeys(ROW, "")])
    write_csv(tmp_path / "a.csv", columns=COLUMNS, rows=[{}])

    assert {cell.value for row in sheets(tmp_path / "a.xlsx").active["A2:G3"] for cell in row} == {
        None
    }
    assert (tmp_path / "a.csv").read_bytes().endswith(b'\r\n"","","","","","",""\r\n')


def test_csv_is_what_excel_opens(tmp_path):
    path = tmp_path / "a.csv"

    count = write_csv(path, columns=COLUMNS, rows=[ROW])

    raw = path.read_bytes()
    assert count == 1
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n")[1] == (
        '"文",3,59.50,3600.01,"95.0%","2026-03-13","2026-03-13 10:00:05"'
    )


def test_negative_numbers_stay_numbers(tmp_path):
    columns = [Column("a", "a", "decimal"), Column("b", "b", "money"), Column("c", "c", "int")]
    rows = [[Decimal("-3.5"), -123456789, -7]]
    write_csv(tmp_path / "a.csv", columns=columns, rows=rows)
    write_xlsx(tmp_path / "a.xlsx", sheet="a", columns=columns, rows=rows)

    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1] == "-3.50,-1234567.89,-7"
    assert [cell.value for cell in sheets(tmp_path / "a.xlsx").active[2]] == [-3.5, -1234567.89, -7]


def test_dates_given_as_instants_are_days_in_shanghai(tmp_path):
    columns = [Column("a", "a", "date"), Column("b", "b", "datetime")]
    late = datetime(2026, 3, 13, 17, tzinfo=UTC)
    write_csv(tmp_path / "a.csv", columns=columns, rows=[[late, datetime(2026, 3, 13, 17)]])

    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1] == (
        '"2026-03-14","2026-03-13 17:00:00"'
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_formula_payloads_are_inert_and_come_back_whole(payload, tmp_path):
    columns = [Column("text", payload), Column("other", "b")]
    write_csv(tmp_path / "a.csv", columns=columns, rows=[[payload, "z"]])
    write_xlsx(tmp_path / "a.xlsx", sheet="a", columns=columns, rows=[[payload, "z"]])

    cells = [
        cell
        for line in csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline=""))
        for cell in line
    ]
    assert [cell for cell in cells if cell.startswith(TRIGGERS)] == []
    for name in ("a.csv", "a.xlsx"):
        with (tmp_path / name).open("rb") as handle:
            [row] = read_table(handle, name=name, max_rows=9).rows
        [got, _] = row.cells.values()
        assert (got.value.replace("\r", "\n"), got.kind) == (payload.replace("\r", "\n"), "text")


@given(st.text())
def test_defusing_is_undone_by_restoring(text):
    assert restore(defuse(text)) == text
    assert not defuse(text).startswith(TRIGGERS)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_csv_text_survives_the_round_trip(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(
        path, columns=[Column("a", "a"), Column("b", "b")], rows=[(f"x{a}", b) for a, b in rows]
    )

    with path.open("rb") as handle:
        table = read_table(handle, name="a.csv", max_rows=9)

    got = [(row.cells["a"].value, row.cells["b"].value) for row in table.rows]
    assert got == [(f"x{a}", b if b.strip() else "") for a, b in rows]


@pytest.mark.parametrize(
    "text", ["_x0041_", "a\x07b", "𠮷", "x" * 40_000, "http://127.0.0.1/", "00123"]
)
def test_odd_text_in_a_workbook(text, tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, sheet="a", columns=[Column("a", "a")], rows=[[text]], notes=[text])

    with path.open("rb") as handle:
        got = read_table(handle, name="a", max_rows=9).rows[0].cells["a"].value

    assert got == clean_text(text)
    assert len(got) <= LONGEST_CELL
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "worksheets/_rels" in name]


@pytest.mark.parametrize(
    ("title", "name"),
    [("a[b]:c*d?e/f\\g", "a b  c d e f g"), ("x" * 40, "x" * 31), ("'", "Sheet1"), ("", "Sheet1")],
)
def test_sheet_names_are_cleaned(title, name):
    assert sheet_name(title) == name


@pytest.mark.parametrize("write", ["xlsx", "csv"])
def test_progress_is_reported_every_500_rows(write, tmp_path):
    told = []
    rows = ([str(n)] for n in range(1001))
    columns = [Column("a", "a")]
    if write == "csv":
        write_csv(tmp_path / "a", columns=columns, rows=rows, progress=told.append)
    else:
        write_xlsx(tmp_path / "a", sheet="a", columns=columns, rows=rows, progress=told.append)

    assert told == [500, 1000]


def test_an_unknown_kind_of_column_is_a_fault():
    with pytest.raises(ValueError, match="unknown kind"):
        Column("a", "a", "float")
