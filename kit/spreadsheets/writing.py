"""Writing tables as XLSX and CSV, row by row, in memory that does not grow with the rows."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from django.utils.translation import gettext as _

from kit.money import format_yuan
from kit.spreadsheets.formulas import defuse
from kit.tables import Column

ZONE = ZoneInfo("Asia/Shanghai")
LONGEST_CELL = 32_767  # Excel's own limit
PROGRESS_STEP = 500
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMATS = {
    "text": "@",
    "int": "#,##0",
    "decimal": "0.00",
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm:ss",
}
_WIDTHS = {"int": 9, "decimal": 9, "money": 14, "percent": 9, "date": 12, "datetime": 20}
Row = Mapping[str, Any] | Sequence[Any]
Progress = Callable[[int], None]
Note = str | tuple[str, str]


def write_xlsx(
    path: Path,
    *,
    sheet: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    notes: Sequence[Note] = (),
    progress: Progress | None = None,
) -> int:
    """Write one table and, with notes, a sheet 说明; returns the number of rows.

    A row is a mapping by column key or a sequence in column order. Text is never a formula or
    a link. `progress` is told the rows written so far, every 500 rows.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet(sheet_name(sheet))
        formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        head = book.add_format({"bold": True, "bg_color": "#EEF2F5", "bottom": 1})
        for place, column in enumerate(columns):
            page.set_column(place, place, column.width or _default_width(column))
            page.write_string(0, place, column.title, head)
        count = 0
        for count, row in enumerate(_reported(rows, progress), start=1):
            for place, (column, value) in enumerate(_values(columns, row)):
                _write_cell(page, count, place, column.kind, value, formats)
        page.freeze_panes(1, 0)
        if columns:
            page.autofilter(0, 0, count, len(columns) - 1)
        _write_notes(book, notes)
    return count


def write_csv(
    path: Path,
    *,
    columns: Sequence[Column],
    rows: Iterable[Row],
    progress: Progress | None = None,
) -> int:
    """Write one table as CSV (UTF-8 with BOM, CRLF, safe to open); returns the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow([defuse(column.title) for column in columns])
        for row in _reported(rows, progress):
            writer.writerow(
                [csv_value(column.kind, value) for column, value in _values(columns, row)]
            )
            count += 1
    return count


def sheet_name(title: str) -> str:
    """A title as Excel takes it: at most 31 characters, none of []:*?/\\ nor outer apostrophes."""
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title)[:31].strip(" '") or "Sheet1"


def clean_text(value: Any) -> str:
    """Text without characters that XML refuses, cut with a mark at Excel's longest cell."""
    text = _ILLEGAL.sub("", str(value))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def csv_value(kind: str, value: Any) -> Any:
    """One value as CSV says it; numbers stay numbers, text cannot become a formula."""
    if value is None or value == "":
        return ""
    if kind == "int":
        return int(value)
    if kind == "decimal":
        return _Plain(f"{Decimal(str(_number(value))):.2f}")
    if kind == "money":
        return _Plain(format_yuan(value).replace(",", ""))
    if kind == "percent":
        return f"{_number(value) * 100:.1f}%"
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d}" if kind == "date" else f"{local(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return defuse(clean_text(value))


class _Plain(float):
    """A number with its own spelling, which the csv module writes without quotes."""

    def __new__(cls, text: str) -> "_Plain":
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


def local(value: datetime) -> datetime:
    """The wall time in Shanghai, which is what spreadsheet programs show (they know no zones)."""
    return value.astimezone(ZONE).replace(tzinfo=None) if value.tzinfo else value


def _number(value: Any) -> float:
    return float(value)


def _values(columns: Sequence[Column], row: Row) -> Iterable[tuple[Column, Any]]:
    if isinstance(row, Mapping):
        return ((column, row.get(column.key)) for column in columns)
    return zip(columns, row, strict=True)


def _write_cell(
    page: Any, line: int, place: int, kind: str, value: Any, formats: dict[str, Any]
) -> None:
    form = formats[kind]
    if value is None or value == "":
        return
    if kind == "money":
        page.write_number(line, place, value / 100, form)
    elif kind in {"int", "decimal", "percent"}:
        page.write_number(line, place, _number(value), form)
    elif isinstance(value, datetime):
        page.write_datetime(line, place, local(value), form)
    elif isinstance(value, date):
        page.write_datetime(line, place, value, form)
    else:
        page.write_string(line, place, clean_text(value), form)


def _write_notes(book: Any, notes: Sequence[Note]) -> None:
    if not notes:
        return
    page = book.add_worksheet(sheet_name(_("Notes")))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    for line, note in enumerate(notes):
        for place, text in enumerate((note,) if isinstance(note, str) else note):
            page.write_string(line, place, clean_text(text))


def _reported(rows: Iterable[Row], progress: Progress | None) -> Iterable[Row]:
    for count, row in enumerate(rows, start=1):
        yield row
        if progress is not None and count % PROGRESS_STEP == 0:
            progress(count)


def _default_width(column: Column) -> int:
    """Han characters take two places."""
    title = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in column.title)
    return min(60, max(title + 4, _WIDTHS.get(column.kind, 16)))
