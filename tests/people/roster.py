"""Making roster tables in memory for tests."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from kit.identifiers import id_check_character
from kit.tables import EMPTY, Cell, TableRow
from people.rules.roster import EXPECTED, TITLES, match_columns

ALL_COLUMNS = match_columns(EXPECTED)
ON = date(2026, 3, 13)


def id_number(first17="36990119900307001"):
    return first17 + id_check_character(first17)


def row(line=2, /, **texts):
    """A row of text cells by our keys; a Cell is taken as it is."""
    values = {"name": "王小明", "id_number": id_number(), **texts}
    cells = dict.fromkeys(EXPECTED, EMPTY)
    for key, value in values.items():
        if isinstance(value, Cell):
            cells[TITLES[key]] = value
        else:
            cells[TITLES[key]] = Cell(value, "text") if value else EMPTY
    return TableRow(line, cells)


def workbook(*rows, titles=EXPECTED, extra=()):
    """An .xlsx file of rows given by our keys."""
    book = Workbook()
    sheet = book.active
    sheet.append([*titles, *extra])
    for values in rows:
        values = {"name": "王小明", "id_number": id_number(), **values}
        sheet.append([values.get(key) for key in TITLES])
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file
