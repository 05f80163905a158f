"""What a marker sees of a file without opening it: the first rows of a table."""

import csv
import io
from typing import Any

from openpyxl.reader.excel import load_workbook

from exams.rules.uploads import decode_text
from kit.spreadsheets import guard

ROWS, COLUMNS, CELL = 24, 12, 80


def preview_of(kind: str, data: bytes) -> list[list[str]]:
    """The first rows as text; empty when there is nothing to show or it cannot be read.

    The original is kept whatever happens here.
    """
    try:
        if kind == "csv":
            return _rows(csv.reader(io.StringIO(decode_text(data))))
        if kind == "xlsx":
            return _sheet(data)
    except Exception:  # a preview is a courtesy: whatever a reader trips over must not refuse work
        return []
    return []


def _sheet(data: bytes) -> list[list[str]]:
    guard.kind_of(io.BytesIO(data))  # no bomb is unpacked for a courtesy
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        return _rows(book.worksheets[0].iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True))
    finally:
        book.close()


def _rows(source: Any) -> list[list[str]]:
    rows = []
    for cells in source:
        rows.append(["" if cell is None else str(cell)[:CELL] for cell in cells[:COLUMNS]])
        if len(rows) == ROWS:
            break
    rows = [row for row in rows if any(row)]
    width = max((i for row in rows for i, cell in enumerate(row, 1) if cell), default=0)
    return [row[:width] for row in rows]
