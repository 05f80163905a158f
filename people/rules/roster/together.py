"""What the rows of a roster say about each other."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from kit.identifiers import mask_id_number
from people.rules.roster.columns import MatchedColumns
from people.rules.roster.rows import MASKED, ReadRow
from people.rules.roster.values import Fault, Flag

ONCE = ("id_number", "number", "mobile", "email")


def _by_value(rows: Sequence[ReadRow], key: str) -> dict[str, list[ReadRow]]:
    found: dict[str, list[ReadRow]] = defaultdict(list)
    for row in rows:
        if row.values.get(key):
            found[row.values[key]].append(row)
    return {value: group for value, group in found.items() if len(group) > 1}


def check_duplicates(rows: Sequence[ReadRow], columns: MatchedColumns) -> None:
    """Nobody stands twice in a file; every row of a repetition is at fault."""
    for key in ONCE:
        for value, group in _by_value(rows, key).items():
            value = mask_id_number(value) if key in MASKED else value
            for row in group:
                others = "、".join(str(other.number) for other in group if other is not row)
                row.faults.append(
                    Fault(columns.title(key), "twice_in_file", value, {"rows": others})
                )


def check_supervisors(
    rows: Sequence[ReadRow], columns: MatchedColumns, known: Collection[str]
) -> None:
    """A supervisor is a known account or a good row of the same file.

    A row that falls for this may have been somebody's supervisor itself, so it goes on until
    nothing changes.
    """
    while True:
        good = {row.values.get("number") for row in rows if row.is_good}
        lost = [
            row
            for row in rows
            if row.is_good
            and row.values["supervisor"]
            and row.values["supervisor"] not in known
            and row.values["supervisor"] not in good
        ]
        for row in lost:
            row.faults.append(
                Fault(columns.title("supervisor"), "supervisor_unknown", row.values["supervisor"])
            )
        if not lost:
            return


def shared_bank_accounts(rows: Sequence[ReadRow], columns: MatchedColumns) -> None:
    """Two people with one bank account are let in, and pointed out: subsidies are paid to it."""
    for group in _by_value(rows, "bank_account").values():
        for row in group:
            others = "、".join(str(other.number) for other in group if other is not row)
            row.flags.append(
                Flag(columns.title("bank_account"), "bank_account_shared", {"rows": others})
            )
