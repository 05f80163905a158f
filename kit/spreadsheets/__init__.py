"""Tables out to people's spreadsheet programs and back in."""

from kit.spreadsheets.errors import WorkbookError
from kit.spreadsheets.reading import read_table, sheet_titles
from kit.spreadsheets.writing import write_csv, write_xlsx
from kit.tables import Cell, Column, Table, TableRow

__all__ = [
    "Cell",
    "Column",
    "Table",
    "TableRow",
    "WorkbookError",
    "read_table",
    "sheet_titles",
    "write_csv",
    "write_xlsx",
]
