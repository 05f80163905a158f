"""What writing a roster would do, row by row, without writing anything."""

from dataclasses import dataclass, field
from typing import Any

from kit.crypto import keyed_hash
from kit.identifiers import mask_id_number
from kit.tables import Table
from people.choices import Category, RowOutcome
from people.models import Profile, Unit, User
from people.rules import roster as rules
from people.rules.roster import Fault, Flag, MatchedColumns, ReadRow
from people.services.roster.register import Register

USER_FIELDS = ("name", "email", "mobile")
PROFILE_FIELDS = {
    "sex": "sex",
    "born_on": "born_on",
    "category": "category",
    "hired_on": "hired_on",
    "education": "education",
    "household": "household",
    "permit": "employment_permit_no",
    "bank_name": "bank_name",
}


@dataclass
class Target:
    """One good row: whom it is about and what would change. Units are made when it is written."""

    row: ReadRow
    person: User | None
    organisation: Unit | None = None
    changed: list[str] = field(default_factory=list)
    outcome: RowOutcome = RowOutcome.CREATE


@dataclass
class Plan:
    """Every row read and compared with the database."""

    columns: MatchedColumns
    rows: list[ReadRow]
    targets: list[Target]
    register: Register

    @property
    def bad_rows(self) -> list[ReadRow]:
        return [row for row in self.rows if not row.is_good]

    def count(self, outcome: RowOutcome) -> int:
        return sum(target.outcome == outcome for target in self.targets)


def make_plan(table: Table, columns: MatchedColumns, *, on: Any, allow_move: bool) -> Plan:
    """Read all rows of a table and say what each would do."""
    typed = not table.encoding
    rows = [rules.read_row(row, columns, on=on, typed=typed) for row in table.rows]
    rules.check_duplicates(rows, columns)
    rules.shared_bank_accounts(rows, columns)
    register = Register(rows)
    targets = {row.number: _target(row, columns, register, allow_move) for row in rows}
    rules.check_supervisors(rows, columns, register.known_numbers)
    good = [targets[row.number] for row in rows if row.is_good]
    for target in good:
        target.changed = _changes(target, columns, register)
        if target.person is not None:
            target.outcome = RowOutcome.UPDATE if target.changed else RowOutcome.SAME
    return Plan(columns, rows, good, register)


def _target(row: ReadRow, columns: MatchedColumns, register: Register, allow_move: bool) -> Target:
    def fault(key: str, code: str, **params: Any) -> None:
        value = str(row.values.get(key) or "")
        shown = mask_id_number(value) if key in {"id_number", "mobile"} else value
        row.faults.append(Fault(columns.title(key), code, shown, params))

    person = _match(row, register, fault)
    for key, owners in (("email", register.by_email), ("mobile", register.by_mobile)):
        owner = owners.get(row.values.get(key) or "-")
        if owner is not None and (person is None or owner.pk != person.pk):
            fault(key, f"{key}_taken")
    organisation = _organisation(row, columns, register, fault)
    if person is not None and organisation is not None and not allow_move:
        now = _profile(person)
        if now is not None and now.unit and now.unit.organisation.pk != organisation.pk:
            fault("unit", "works_elsewhere", unit=now.unit.organisation.name)
    return Target(row, person, organisation)


def _match(row: ReadRow, register: Register, fault: Any) -> User | None:
    number, id_number = row.values.get("number"), row.values.get("id_number")
    if not id_number:
        return None
    person = register.by_id.get(keyed_hash(id_number))
    if person is not None:
        if number and person.number != number:
            fault("number", "id_has_other_number", number=person.number)
        return person
    person = register.by_number.get(number or "-")
    profile = _profile(person) if person else None
    if profile is not None and profile.id_number_hash:
        fault("id_number", "number_has_other_id")
    return person


def _profile(person: User) -> Profile | None:
    return getattr(person, "profile", None)


def _organisation(
    row: ReadRow, columns: MatchedColumns, register: Register, fault: Any
) -> Unit | None:
    """The unit a row names, if it is there already; its faults and flags."""
    code, name = row.values.get("uscc"), row.values.get("unit")
    if code is None or name is None or not (code or name):
        return None
    unit = register.by_code.get(code) if code else register.by_name.get(name)
    if unit is None:
        _judge_new_unit(code, name, register, fault)
    elif not unit.is_active:
        fault("unit", "unit_archived")
    elif name and unit.name != name:
        row.flags.append(Flag(columns.title("unit"), "unit_name_differs", {"unit": unit.name}))
    return unit


def _judge_new_unit(code: str, name: str, register: Register, fault: Any) -> None:
    if not code:
        fault("unit", "unit_unknown", names=register.names_like(name))
    elif not name:
        fault("unit", "unit_missing")
    elif name in register.by_name:
        fault("uscc", "unit_has_other_code")


def _changes(target: Target, columns: MatchedColumns, register: Register) -> list[str]:
    """The columns in which a known person's record would change; blank cells change nothing."""
    person, values = target.person, target.row.values
    if person is None:
        return []
    profile = _profile(person) or Profile(user=person, category=Category.OTHER)
    keys = [key for key in USER_FIELDS if _differs(values[key], getattr(person, key))]
    keys += [
        key
        for key, name in PROFILE_FIELDS.items()
        if _differs(values.get(key), getattr(profile, name))
    ]
    if _differs(keyed_hash(values["id_number"]), profile.id_number_hash):
        keys.append("id_number")
    if values["id_type"] and _differs(values["id_type"], profile.id_type):
        keys.append("id_type")
    if values["bank_account"] and _differs(
        keyed_hash(values["bank_account"]), profile.bank_account_hash
    ):
        keys.append("bank_account")
    if (values["unit"] or values["uscc"]) and not _same_unit(target, profile, register):
        keys.append("unit")
    if _differs(values["post"], profile.post.name if profile.post else ""):
        keys.append("post")
    if _differs(values["supervisor"], profile.supervisor.number if profile.supervisor else ""):
        keys.append("supervisor")
    if person.pk not in register.trainees and not keys:
        keys.append("number")
    # The birth date has no column: it is read from the ID number.
    return list(
        dict.fromkeys(columns.title("id_number" if key == "born_on" else key) for key in keys)
    )


def _differs(new: Any, old: Any) -> bool:
    return bool(new) and new != old


def _same_unit(target: Target, profile: Profile, register: Register) -> bool:
    if target.organisation is None:
        return False
    department = target.row.values["department"]
    wanted = (
        register.departments.get((target.organisation.pk, department))
        if department
        else target.organisation
    )
    return wanted is not None and profile.unit_id == wanted.pk
