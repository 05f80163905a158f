"""What a table read from or written to a file is made of. Pure: rules may import it."""

from dataclasses import dataclass, field
from typing import Any

KINDS = ("text", "int", "decimal", "money", "percent", "date", "datetime")


@dataclass(frozen=True)
class Column:
    """One column to write.

    kind: text, int, decimal (two places), money (whole fen), percent (0 to 1), date, datetime.
    width in characters, 0 for a width that suits title and kind.
    """

    key: str
    title: str
    kind: str = "text"
    width: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that was read.

    kind: text, number (int or float), date, datetime, bool, formula (value is its text), error,
    or empty (value "").
    """

    value: Any = ""
    kind: str = "empty"

    @property
    def text(self) -> str:
        """The value as a person would have typed it, trimmed; whole numbers without ".0"."""
        if self.kind == "number" and isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value)) if abs(self.value) < 1e15 else f"{self.value:.5E}"
        return str(self.value).strip()


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `number` is the row number its author sees in the file."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """A sheet with a title row: what it says, and what its author may not have meant."""

    columns: list[str]
    rows: list[TableRow]
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    encoding: str = ""
