"""The form of a pack: sections of facts and tables, one for the page and the paper alike."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Link = Callable[[str], str]
NONE = "—"


@dataclass(frozen=True)
class Column:
    """A column: its head, its share of the paper's width, whether it holds figures."""

    label: str
    share: int = 10
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in a place of a table, and where its source opens ("" for nowhere)."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under columns. `caption` names it for a reader who cannot see it."""

    caption: str
    columns: list[Column]
    rows: list[list[Cell]]

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Every row as pairs of column and cell."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Section:
    """One part of the pack; `gaps` says in words what it lacks, nothing when it is complete."""

    key: str
    title: str
    facts: list[tuple[str, Cell]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    note: str = ""
    is_wide: bool = False


def cells(*values: Any) -> list[Cell]:
    """A row from texts and cells; nothing becomes a dash."""
    return [
        value if isinstance(value, Cell) else Cell(str(value) if value not in ("", None) else NONE)
        for value in values
    ]


def facts(*pairs: tuple[str, Any]) -> list[tuple[str, Cell]]:
    """Facts from pairs of label and text or cell."""
    return [(label, cells(value)[0]) for label, value in pairs]
