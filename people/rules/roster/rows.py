"""One row of a roster: every cell read, then what the cells say about each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from kit.identifiers import (
    IdentifierError,
    age_on,
    mask_id_number,
    normalise_mobile,
    parse_id_number,
    parse_uscc,
)
from kit.numbers import fold
from kit.tables import EMPTY, Cell, TableRow
from people.rules.roster import values as read
from people.rules.roster.columns import MatchedColumns
from people.rules.roster.values import BadValue, Fault, Flag

YOUNGEST = 16
MASKED = {"id_number", "bank_account", "permit", "mobile"}


@dataclass
class ReadRow:
    """A row after reading: clean values by our keys, and every fault and flag by column title."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults


class _Reader:
    def __init__(self, row: TableRow, columns: MatchedColumns, on: date, typed: bool) -> None:
        self.cells, self.columns, self.on, self.typed = row.cells, columns, on, typed
        self.out = ReadRow(row.number)

    def cell(self, key: str) -> Cell:
        return self.cells.get(self.columns.titles.get(key, ""), EMPTY)

    def take(self, key: str, reading: Callable[[Cell], Any]) -> None:
        """Read one cell; a fault leaves the value out, so nothing else is judged by it."""
        try:
            self.out.values[key] = reading(self.cell(key))
        except BadValue as error:
            self.fault(key, error.code, **error.params)
        except IdentifierError as error:
            self.fault(key, f"{key}_{error.code}")

    def fault(self, key: str, code: str, **params: Any) -> None:
        text = self.cell(key).text
        value = mask_id_number(fold(text)) if key in MASKED and "E+" not in text else text
        self.out.faults.append(Fault(self.columns.title(key), code, read.shown(value), params))

    def flag(self, key: str, code: str, **params: Any) -> None:
        self.out.flags.append(Flag(self.columns.title(key), code, params))


def read_row(row: TableRow, columns: MatchedColumns, *, on: date, typed: bool) -> ReadRow:
    """Read a row as of a day. `typed`: the file tells dates from text, as workbooks do."""
    reader = _Reader(row, columns, on, typed)
    reader.take("number", read.account_number)
    reader.take("name", lambda cell: _name(reader, cell))
    reader.take("sex", lambda cell: read.choice(cell, read.SEXES, "not_a_sex"))
    reader.take("id_type", lambda cell: read.choice(cell, read.ID_TYPES, "not_an_id_type"))
    reader.take("id_number", lambda cell: _id_number(reader, cell))
    reader.take("mobile", lambda cell: _mobile(reader, cell))
    reader.take("email", read.email_address)
    reader.take("uscc", lambda cell: _uscc(reader, cell))
    for key in ("unit", "department", "post", "education", "household", "bank_name"):
        reader.take(key, partial(read.free_text, longest=read.LONGEST[key]))
    reader.take("family", lambda cell: read.choice(cell, read.FAMILIES, "not_a_family"))
    reader.take("category", lambda cell: read.choice(cell, read.CATEGORIES, "not_a_category"))
    reader.take("hired_on", lambda cell: _hired_on(reader, cell))
    reader.take("permit", lambda cell: read.digits_only(cell, 6, 40))
    reader.take("bank_account", lambda cell: read.digits_only(cell, 8, 32))
    reader.take("supervisor", read.account_number)
    _compare(reader)
    return reader.out


def _name(reader: _Reader, cell: Cell) -> str:
    name, flags = read.person_name(cell)
    for code in flags:
        reader.flag("name", code)
    return name


def _id_number(reader: _Reader, cell: Cell) -> str:
    if cell.kind == "number":
        raise BadValue("id_number_cell")
    raw = read.plain_text(cell)
    kind = reader.out.values.get("id_type") or "resident"
    if kind in read.ID_SHAPES:
        number = fold(raw).replace(" ", "").upper()
        if not read.ID_SHAPES[kind].fullmatch(number):
            raise BadValue("id_number_shape")
    else:
        parsed = parse_id_number(raw, on=reader.on)
        number = parsed.number
        if age_on(parsed.born_on, reader.on) < YOUNGEST:
            raise BadValue("under_age", age=YOUNGEST)
        reader.out.values |= {"born_on": parsed.born_on, "id_sex": parsed.sex}
    if number != raw:
        reader.flag("id_number", "id_number_mended")
    return number


def _mobile(reader: _Reader, cell: Cell) -> str:
    raw = read.plain_text(cell)
    if not raw.strip():
        return ""
    mobile = normalise_mobile(raw)
    if mobile != raw:
        reader.flag("mobile", "mobile_mended")
    return mobile


def _uscc(reader: _Reader, cell: Cell) -> str:
    raw = read.plain_text(cell)
    if not raw.strip():
        return ""
    code = parse_uscc(raw)
    if code != raw:
        reader.flag("uscc", "uscc_mended")
    return code


def _hired_on(reader: _Reader, cell: Cell) -> date | None:
    if cell.kind == "empty":
        return None
    found, how = read.day(cell)
    if how in {"text", "serial"} or (how == "iso" and reader.typed):
        reader.flag("hired_on", "date_from_text", date=found.isoformat())
    return found


def _compare(reader: _Reader) -> None:
    values = reader.out.values
    born_on, hired_on = values.get("born_on"), values.get("hired_on")
    sex = values.pop("id_sex", "")
    if sex and values.get("sex") and values["sex"] != sex:
        reader.fault("sex", "sex_contradicts_id", right=sex)
    elif sex:
        values["sex"] = sex
    if born_on and hired_on and age_on(born_on, hired_on) < YOUNGEST:
        reader.fault("hired_on", "hired_under_age", age=YOUNGEST)
    if values.get("supervisor") and values["supervisor"] == values.get("number"):
        reader.fault("supervisor", "own_supervisor")
    if values.get("department") and not (values.get("unit") or values.get("uscc")):
        unit_failed = {"unit", "uscc"} - values.keys()
        if not unit_failed:
            reader.fault("department", "department_without_unit")
