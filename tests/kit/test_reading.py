import datetime
import io
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.spreadsheets import Cell, WorkbookError, read_table, sheet_titles
from kit.spreadsheets.reading import decode, unescape
from kit.tables import Table
from tests.kit.workbooks import ROWS, bomb, lying_bomb, rezip, workbook

SHEET = "xl/worksheets/sheet1.xml"


def read(data, max_rows=100, name="名单.xlsx", **options):
    return read_table(io.BytesIO(data), name=name, max_rows=max_rows, **options)


def refused(data, **options):
    with pytest.raises(WorkbookError) as caught:
        read(data, **options)
    assert caught.value.place
    assert caught.value.reason
    assert caught.value.remedy
    return caught.value


def values(table):
    return [[cell.value for cell in row.cells.values()] for row in table.rows]


def test_a_plain_workbook_is_read():
    table = read(workbook())

    assert (table.columns, values(table)) == (ROWS[0], ROWS[1:])
    assert [row.number for row in table.rows] == [2, 3]
    assert (table.sheet, table.other_sheets) == ("花名册", [])


def test_kinds_of_cells():
    row = [
        "文本", 7, 7.5, True, datetime.date(2026, 3, 13),
        datetime.datetime(2026, 3, 13, 8, 30), "=A1", None, "#N/A", 3.60102e17,
    ]  # fmt: skip

    [got] = read(workbook([[f"c{i}" for i in range(len(row))], row])).rows

    assert list(got.cells.values()) == [
        Cell("文本", "text"), Cell(7, "number"), Cell(7.5, "number"), Cell(True, "bool"),
        Cell(datetime.date(2026, 3, 13), "date"),
        Cell(datetime.datetime(2026, 3, 13, 8, 30), "datetime"),
        Cell("=A1", "formula"), Cell(), Cell("#N/A", "error"), Cell(3.60102e17, "number"),
    ]  # fmt: skip
    assert [cell.text for cell in got.cells.values()][1:4] == ["7", "7.5", "True"]
    assert got.cells["c9"].text == "3.60102E+17"


def test_text_that_looks_like_a_formula_is_text():
    def change(book, sheet):
        sheet["B2"].value = "=1+1"
        sheet["B2"].data_type = "s"

    assert read(workbook(change=change)).rows[0].cells["姓名"] == Cell("=1+1", "text")


def test_blank_rows_are_left_out_and_numbers_kept():
    table = read(workbook([[], ["a"], [], ["x"], [None], ["y"]]))

    assert [(row.number, row.cells["a"].value) for row in table.rows] == [(4, "x"), (6, "y")]


def test_hidden_rows_merged_cells_and_other_sheets_are_named():
    def change(book, sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.merge_cells("A6:B6")
        book.create_sheet("旧")

    table = read(workbook(change=change))

    assert (table.hidden_rows, table.merged, table.other_sheets) == ([3], ["A6:B6"], ["旧"])
    assert read(workbook(change=change), sheet="花名册").sheet == "花名册"


def test_a_hidden_first_sheet_is_passed_over():
    def change(book, sheet):
        sheet.sheet_state = "hidden"
        other = book.create_sheet("看得见")
        other.append(["a"])

    assert read(workbook(change=change)).sheet == "看得见"


def test_a_sheet_that_claims_to_be_endless_is_read_for_what_it_holds():
    data = rezip(
        workbook(), replace={SHEET: lambda b: b.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"')}
    )
    tracemalloc.start()

    table = read(data)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(table.rows) == 2
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("a_x0007_b", "a\x07b"),
        ("_xD842__xDFB7_", "𠮷"),
        ("_xD842_", "\ufffd"),
        ("_x00_", "_x00_"),
        ("a_x0000_b", "a\ufffdb"),
    ],
)
def test_escapes_are_decoded(raw, text):
    assert unescape(raw) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_unescaping_leaves_other_text_alone(text):
    assert unescape(text.replace("_x", "")) == text.replace("_x", "")


# --- What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\r\n\r\n", id="blank lines"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"\x89PNG\r\n", id="picture"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="old xls"),
        pytest.param(
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), id="protected"
        ),
        pytest.param(workbook()[:-200], id="truncated"),
        pytest.param(workbook()[:60], id="only the head"),
        pytest.param(workbook([]), id="empty sheet"),
        pytest.param(rezip(workbook(), drop=["xl/workbook.xml"]), id="plain zip"),
        pytest.param(
            rezip(workbook(), drop=["xl/workbook.xml"], extra={"content.xml": b"<a/>"}), id="ods"
        ),
        pytest.param(
            rezip(workbook(), drop=["xl/workbook.xml"], extra={"Index/a.iwa": b"a"}), id="numbers"
        ),
        pytest.param(rezip(workbook(), drop=[SHEET]), id="sheet missing"),
        pytest.param(rezip(workbook(), replace={SHEET: lambda b: b[:-30]}), id="broken xml"),
        pytest.param(
            rezip(workbook(), replace={"xl/workbook.xml": lambda b: b"<a/>"}), id="no sheets"
        ),
        pytest.param(rezip(workbook(), extra={"xl/embeddings/a.bin": workbook()}), id="nested"),
        pytest.param(
            rezip(workbook(), extra={f"a/{n}": b"" for n in range(2001)}), id="many entries"
        ),
        pytest.param(
            rezip(
                workbook(),
                replace={
                    SHEET: lambda b: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + b
                },
            ),
            id="entity",
        ),
        pytest.param(
            rezip(workbook(), replace={SHEET: lambda b: "<!DOCTYPE a>".encode("utf-16")}),
            id="utf-16 entity",
        ),
        pytest.param(workbook([["a", "a"], [1, 2]]), id="equal titles"),
        pytest.param(workbook([[f"c{n}" for n in range(201)]]), id="too wide"),
        pytest.param(workbook([["a"], ["x", "y"]]), id="value under no title"),
        pytest.param(b'a,b\r\n"x,' + b"y" * 200_000, id="open quotation"),
        pytest.param(b"a,b\r\nx,y,z", id="too many cells"),
        pytest.param(b"a\r\nb" + b"\xff\xff", id="unknown encoding"),
        pytest.param(bytes(range(1, 32)) * 3 + b"\xa1\xa2", id="binary"),
        pytest.param(b"\xff\xfea", id="half a utf-16 character"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_place_reason_and_remedy(data):
    refused(data)


def test_a_title_row_alone_is_an_empty_table():
    assert read(workbook(ROWS[:1])) == Table(ROWS[0], [], "花名册")


def test_too_many_rows_are_refused_at_the_first_one_over():
    assert "4" in refused(workbook([["a"], [1], [2], [3]]), max_rows=2).place


def test_a_missing_sheet_is_named():
    assert refused(workbook(), sheet="没有").place == "没有"


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("kit.spreadsheets.guard.MAX_FILE_BYTES", 100)

    refused(workbook())


def test_an_encrypted_entry_is_refused():
    data = bytearray(workbook())
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1

    refused(bytes(data))


@pytest.mark.parametrize("make", [bomb, lying_bomb])
def test_bombs_are_refused_quickly_and_in_little_memory(make):
    data = make()
    tracemalloc.start()
    start = time.perf_counter()

    refused(data)

    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(data) < 1_000_000
    assert seconds < 2
    assert peak < 50_000_000


# --- CSV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encodings_and_delimiters_are_found(encoding, name, delimiter):
    text = "\r\n".join(delimiter.join(["JobNo", *row]) for row in ROWS)

    table = read(text.encode(encoding))

    assert table.columns[1:] == ROWS[0]
    assert [row[1:] for row in values(table)] == ROWS[1:]
    assert table.encoding == name


def test_a_four_byte_han_in_gb18030_is_kept():
    assert decode("姓名\r\n𠮷".encode("gb18030"))[0] == "姓名\r\n𠮷"


def test_row_numbers_of_csv_count_lines():
    table = read(b'a,b\r\n"x\r\ny",1\r\n\r\nz,2\r\n')

    assert [(row.number, row.cells["a"].value) for row in table.rows] == [(2, "x\r\ny"), (5, "z")]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    def outcome():
        try:
            return read(data).columns
        except WorkbookError as error:
            return error.reason and error.remedy

    assert outcome()


def test_the_titles_of_each_visible_sheet_are_told():
    def change(book, sheet):
        sheet.title = "一"
        book.create_sheet("空")
        second = book.create_sheet("二")
        second.append([])
        second.append([None, " 甲 ", "乙"])
        book.create_sheet("旧").sheet_state = "hidden"

    data = workbook([["姓名", "证件号码"], ["王", "1"]], change=change)

    assert sheet_titles(io.BytesIO(data), name="a.xlsx") == {
        "一": ["姓名", "证件号码"], "空": [], "二": ["甲", "乙"],
    }  # fmt: skip
    assert sheet_titles(io.BytesIO("姓名\n王".encode()), name="a.csv") == {}
    assert read(data).hidden_sheets == ["旧"]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", rezip(workbook(), replace={SHEET: lambda b: b[:90]})]
)
def test_a_file_that_is_no_workbook_has_no_titles(data):
    with pytest.raises(WorkbookError) as caught:
        sheet_titles(io.BytesIO(data), name="a.xlsx")

    assert caught.value.place == "a.xlsx"


@pytest.mark.parametrize("raw", [b"\x00" * 100, "姓名,\x00\n".encode(), b"a\x00\x00\x00" * 60])
def test_a_csv_with_nul_is_refused(raw):
    with pytest.raises(WorkbookError):
        decode(raw)
