"""Reading a table that somebody made: XLSX or CSV, decided by content and never by name."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl.reader.excel import load_workbook
from openpyxl.utils.cell import get_column_letter

from kit.numbers import fold
from kit.spreadsheets import guard
from kit.spreadsheets.errors import WorkbookError
from kit.spreadsheets.formulas import restore
from kit.tables import EMPTY, Cell, Table, TableRow

MAX_COLUMNS = 200
_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ODD = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
# What openpyxl trips over in a workbook that is none.
_DAMAGE = (KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError)
Line = tuple[int, list[Cell]]


def read_table(file: IO[bytes], *, name: str, max_rows: int, sheet: str = "") -> Table:
    """The table in a file: first sheet (or the named one), first non-blank row as titles.

    Formula cells come as kind "formula" and are never evaluated. Blank rows are left out; row
    numbers are those of the file. WorkbookError says where and why a file is refused and what
    to do. `name` is the file's name, used in messages only.
    """
    try:
        if guard.kind_of(file) == "xlsx":
            return _read_xlsx(file, max_rows, sheet)
        return _read_csv(file, max_rows)
    except WorkbookError as error:
        raise WorkbookError(error.place or name, error.reason, error.remedy) from error


def _read_xlsx(file: IO[bytes], max_rows: int, wanted: str) -> Table:
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            page = _choose(book, wanted)
            page.reset_dimensions()  # the declared size of a sheet lies
            columns, rows = _assemble(_xlsx_lines(page), max_rows, page.title)
            others = [other for other in book.sheetnames if other != page.title]
            unseen = [each.title for each in book.worksheets if each.sheet_state != "visible"]
            path = page._worksheet_path  # openpyxl offers no public way to the entry
        finally:
            book.close()
        hidden, merged = guard.hidden_and_merged(file, path)
    except _DAMAGE as error:
        if isinstance(error, WorkbookError):
            raise
        raise _damaged("") from error
    return Table(columns, rows, page.title, others, unseen, hidden, merged)


def sheet_titles(file: IO[bytes], *, name: str) -> dict[str, list[str]]:
    """The visible sheets of a workbook with their column titles, [] for a sheet without; a CSV
    file has no sheets. WorkbookError as `read_table`."""
    try:
        if guard.kind_of(file) != "xlsx":
            return {}
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            pages = [page for page in book.worksheets if page.sheet_state == "visible"]
            return {page.title: _first_words(page) for page in pages}
        finally:
            book.close()
    except _DAMAGE as error:
        if isinstance(error, WorkbookError):
            raise WorkbookError(error.place or name, error.reason, error.remedy) from error
        raise _damaged(name) from error
    finally:
        file.seek(0)


def _first_words(page: Any) -> list[str]:
    page.reset_dimensions()
    for _number, cells in _xlsx_lines(page):
        if words := [fold(cell.text) for cell in cells[:MAX_COLUMNS] if cell.kind != "empty"]:
            return words
    return []


def _damaged(place: str) -> WorkbookError:
    remedy = _("Save it again with a spreadsheet program.")
    return WorkbookError(place, _("The file is damaged."), remedy)


def _choose(book: Any, wanted: str) -> Any:
    pages = [page for page in book.worksheets if page.sheet_state == "visible"]
    if wanted:
        pages = [page for page in pages if page.title == wanted]
    if not pages:
        raise WorkbookError(wanted, _("There is no such sheet."), _("Choose a visible sheet."))
    return pages[0]


def _xlsx_lines(page: Any) -> Iterator[Line]:
    for number, cells in enumerate(page.iter_rows(), start=1):
        yield number, [_xlsx_cell(cell) for cell in cells]


def _xlsx_cell(cell: Any) -> Cell:
    value = cell.value
    if value is None or value == "":
        return EMPTY
    if cell.data_type == "f":
        return Cell(str(getattr(value, "text", value)), "formula")
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell(value, "bool")
    if isinstance(value, int | float):
        return Cell(value, "number")
    if isinstance(value, datetime):
        whole = value.time() == time()
        return Cell(value.date(), "date") if whole else Cell(value, "datetime")
    return Cell(unescape(str(value)), "text")


def unescape(text: str) -> str:
    """Decode _xHHHH_, which spreadsheet programs write for control characters.

    NUL becomes U+FFFD: no database column holds it, and it must not hold up an import.
    """
    if "_x" not in text:
        return text
    decoded = _HEX.sub(lambda match: chr(int(match[1], 16)), text)
    return (
        decoded.encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le", "replace")
        .replace("\x00", "\ufffd")
    )


def _read_csv(file: IO[bytes], max_rows: int) -> Table:
    text, encoding = decode(file.read())
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    columns, rows = _assemble(_csv_lines(text, delimiter), max_rows, "")
    return Table(columns, rows, encoding=encoding)


def _csv_lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WorkbookError(
                _("line %(number)s") % {"number": reader.line_num},
                _("The quotation marks of this line do not match, or a cell is too long."),
                _("Save the file again as CSV UTF-8."),
            ) from error
        yield start, [Cell(restore(value), "text") if value.strip() else EMPTY for value in values]
        start = reader.line_num + 1


def decode(raw: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8, UTF-16 or GB18030; anything else is refused."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return _decoded(raw, [encoding])
    if b"\x00" in raw[:200]:
        return _decoded(raw, ["utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be"])
    return _decoded(raw, ["utf-8", "gb18030"])


def _decoded(raw: bytes, encodings: list[str]) -> tuple[str, str]:
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text or (encoding == "gb18030" and _ODD.search(text)):
            break
        return text, encoding
    raise WorkbookError(
        "",
        _("The encoding is neither UTF-8, UTF-16 nor GB18030."),
        _("Save the file as CSV UTF-8 or as .xlsx."),
    )


def _assemble(lines: Iterable[Line], max_rows: int, sheet: str) -> tuple[list[str], list[TableRow]]:
    columns: list[str] = []
    rows: list[TableRow] = []
    for number, cells in lines:
        while cells and cells[-1].kind == "empty":
            cells.pop()
        if not cells:
            continue
        if not columns:
            columns = _titles(cells, number)
            continue
        if len(rows) == max_rows:
            raise WorkbookError(
                _("row %(number)s") % {"number": number},
                _("The table has more than %(limit)s rows.") % {"limit": max_rows},
                _("Split it into several files."),
            )
        rows.append(TableRow(number, _by_title(columns, cells, number)))
    if not columns:
        raise WorkbookError(
            sheet, _("The sheet is empty."), _("Put the column titles in the first row.")
        )
    return columns, rows


def _titles(cells: list[Cell], number: int) -> list[str]:
    """Column titles; a column without one is called by its letter: "(D)"."""
    place = _("row %(number)s") % {"number": number}
    if len(cells) > MAX_COLUMNS:
        raise WorkbookError(
            place,
            _("The table has more than %(limit)s columns.") % {"limit": MAX_COLUMNS},
            _("Remove the columns that are not needed."),
        )
    titles = [
        fold(cell.text) or f"({get_column_letter(index)})" for index, cell in enumerate(cells, 1)
    ]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        raise WorkbookError(
            place,
            _("Two columns have the same title: %(titles)s.") % {"titles": "、".join(twice)},
            _("Give each column a title of its own."),
        )
    return titles


def _by_title(columns: list[str], cells: list[Cell], number: int) -> dict[str, Cell]:
    if len(cells) > len(columns):
        letter = get_column_letter(len(cells))
        raise WorkbookError(
            _("row %(number)s, column %(letter)s") % {"number": number, "letter": letter},
            _("There is a value under no title."),
            _("Give the column a title, or remove the value."),
        )
    return dict(zip(columns, cells + [EMPTY] * (len(columns) - len(cells)), strict=True))
