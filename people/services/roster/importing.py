"""Importing a roster: all of it or nothing, unless told to leave bad rows out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from kit.refusing import Refused
from kit.spreadsheets import WorkbookError, read_table, sheet_titles
from kit.tables import Table
from people import roles
from people.choices import RowOutcome
from people.rules.roster import EXPECTED, MatchedColumns, match_columns
from people.services.roster.planning import Plan, Target, make_plan
from people.services.roster.words import reason_of, remedy_of, words_of
from people.services.roster.writing import write_plan

MAX_ROWS = 20_000


class SheetUnclear(Refused):
    """Several sheets hold people; a person must say which is meant."""

    def __init__(self, sheets: list[str]) -> None:
        told = _("Several sheets hold people: %(sheets)s. Choose one.")
        super().__init__("sheet_unclear", told % {"sheets": "、".join(sheets)})
        self.sheets = sheets


@dataclass
class RosterResult:
    """What became of a roster, or would become. Values in `errors` are masked."""

    rows: int
    accepted: int
    rejected: int
    created: int
    updated: int
    errors: list[dict[str, Any]] = field(default_factory=list)
    flags: list[dict[str, Any]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    remarks: dict[str, Any] = field(default_factory=dict)
    targets: Sequence[Target] = ()

    def as_json(self) -> dict[str, Any]:
        """What `import_roster --json` prints."""
        keys = ("row", "column", "value", "reason")
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "created": self.created,
            "updated": self.updated,
            "errors": [{key: error[key] for key in keys} for error in self.errors],
            "flags": [
                {key: flag[key] for key in ("row", "column", "reason")} for flag in self.flags
            ],
        }


def read_roster(file: IO[bytes], name: str, sheet: str = "") -> tuple[Table, MatchedColumns]:
    """The table of a roster file and its columns. Refused: file_refused, with what to do, and
    SheetUnclear where several sheets hold people and none was named."""
    try:
        sheet = sheet or _sheet_with_people(file, name)
        table = read_table(file, name=name, max_rows=MAX_ROWS, sheet=sheet)
    except WorkbookError as error:
        raise Refused("file_refused", str(error)) from error
    columns = match_columns(table.columns)
    if columns.missing:
        raise Refused(
            "file_refused",
            _("Columns are missing: %(missing)s. Found: %(found)s. Expected: %(expected)s.")
            % {
                "missing": "、".join(columns.missing),
                "found": "、".join(table.columns),
                "expected": "、".join(EXPECTED),
            },
        )
    if columns.twice:
        raise Refused(
            "file_refused",
            _("Two columns mean the same: %(titles)s. Leave one of them.")
            % {"titles": "、".join(columns.twice)},
        )
    if not table.rows:
        raise Refused("file_refused", _("There are titles but no people in the file."))
    return table, columns


def _sheet_with_people(file: IO[bytes], name: str) -> str:
    """The one sheet with the titles of a roster; "" (the first) where there is none or no sheet."""
    found = [
        sheet
        for sheet, titles in sheet_titles(file, name=name).items()
        if not match_columns(titles).missing
    ]
    if len(found) > 1:
        raise SheetUnclear(found)
    return found[0] if found else ""


def check_roster(
    *,
    file: IO[bytes],
    name: str,
    at: datetime,
    sheet: str = "",
    skip_bad: bool = False,
    allow_move: bool = False,
) -> RosterResult:
    """What an import would do now; nothing is written. Refused: file_refused, sheet_unclear."""
    table, columns = read_roster(file, name, sheet)
    plan = make_plan(table, columns, on=timezone.localdate(at), allow_move=allow_move)
    return _result(plan, table, writes=skip_bad or not plan.bad_rows)


def import_roster(
    *,
    file: IO[bytes],
    name: str,
    by: Any,
    at: datetime,
    sheet: str = "",
    skip_bad: bool = False,
    allow_move: bool = False,
) -> RosterResult:
    """Import a roster; with a bad row nothing is written unless `skip_bad`. A second run of the
    same file changes nothing. Two imports at once wait for each other. Refused: file_refused,
    sheet_unclear.
    """
    table, columns = read_roster(file, name, sheet)
    Group.objects.get_or_create(name=roles.TRAINEE)
    with transaction.atomic():
        # One import at a time: the row of the trainee role is the lock of the roster.
        Group.objects.select_for_update().get(name=roles.TRAINEE)
        plan = make_plan(table, columns, on=timezone.localdate(at), allow_move=allow_move)
        result = _result(plan, table, writes=skip_bad or not plan.bad_rows)
        if result.created or result.updated:
            write_plan(plan, at=at)
            record(
                action="people.roster_imported",
                at=at,
                actor=by,
                detail={"file": name, "created": result.created, "updated": result.updated,
                        "left_out": result.rejected},
            )  # fmt: skip
    return result


def _remarks(table: Table) -> dict[str, Any]:
    """What of the file its author may not have meant; hidden rows are read like the others."""
    read = {row.number for row in table.rows}
    return {
        "sheet": table.sheet,
        "other_sheets": [s for s in table.other_sheets if s not in table.hidden_sheets],
        "hidden_sheets": table.hidden_sheets,
        "hidden_rows": [number for number in table.hidden_rows if number in read],
        "merged": table.merged,
    }


def _result(plan: Plan, table: Table, *, writes: bool) -> RosterResult:
    bad = plan.bad_rows
    return RosterResult(
        rows=len(plan.rows),
        accepted=len(plan.rows) - len(bad),
        rejected=len(bad),
        created=plan.count(RowOutcome.CREATE) if writes else 0,
        updated=plan.count(RowOutcome.UPDATE) if writes else 0,
        errors=[
            {
                "row": row.number,
                "column": fault.column,
                "value": fault.value,
                "code": fault.code,
                "params": fault.params,
                "reason": reason_of(fault.code, fault.params),
                "remedy": remedy_of(fault.code, fault.params),
                "number": row.values.get("number", ""),
                "name": row.values.get("name", ""),
            }
            for row in bad
            for fault in row.faults
        ],
        flags=[
            {
                "row": row.number,
                "column": flag.column,
                "code": flag.code,
                "params": flag.params,
                "reason": words_of(flag.code, flag.params),
                "name": row.values["name"],
            }
            for row in plan.rows
            if row.is_good
            for flag in row.flags
        ],
        ignored=plan.columns.ignored,
        remarks=_remarks(table),
        targets=plan.targets,
    )
