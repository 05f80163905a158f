"""The faults and flags of a roster in words: what is wrong, and what to do about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kit.identifiers import ID_NUMBER_FAULTS, MOBILE_FAULTS, USCC_FAULTS

RETYPE = _("Compare with the document and type it again.")
AS_TEXT = _("Format the column as text and type it again.")
CORRECT = _("Correct it or leave it blank.")


def _identifier(column: str, faults: dict[str, str], remedy: Any) -> dict[str, tuple[Any, Any]]:
    """The words of the parsers, each with what to do about it in a roster."""
    return {f"{column}_{code}": (_(message), remedy) for code, message in faults.items()}


REASONS: dict[str, tuple[Any, Any]] = {
    "formula_cell": (_("The cell is a formula."), _("Put the value itself there.")),
    "error_cell": (_("The cell shows an error."), _("Put the value itself there.")),
    "control_character": (
        _("There is an invisible control character in it."),
        _("Delete it and type it again."),
    ),
    "too_long": (_("Longer than %(limit)s characters."), _("Shorten it.")),
    "name_missing": (_("The name is missing."), _("Put the name there.")),
    "like_formula": (
        _("It looks like a formula and cannot be a name."),
        _("Put the real name there."),
    ),
    "not_a_name": (
        _("There are characters in it that no name has."),
        _("Put the real name there."),
    ),
    "not_a_number": (
        _("A number is letters, digits, hyphens and underscores."),
        CORRECT,
    ),
    "email_line_break": (
        _("There is a line break in the address, as in an attack."),
        _("Leave one address only."),
    ),
    "not_an_email": (_("This is not an e-mail address."), CORRECT),
    "number_cell": (_("The cell is a number; its last digits are lost."), AS_TEXT),
    "not_digits": (
        _("%(shortest)s to %(longest)s digits are expected."),
        CORRECT,
    ),
    "date_short_year": (_("The year has two digits only."), _("Write it as 2026-01-05.")),
    "date_unreadable": (_("This is not a date."), _("Write it as 2026-01-05.")),
    "date_impossible": (_("There is no such day."), _("Put the real date there.")),
    "not_a_sex": (_("Only 男 or 女 can stand here."), CORRECT),
    "not_an_id_type": (
        _("There is no such kind of identity document."),
        _("Choose one of: %(words)s."),
    ),
    "not_a_family": (_("There is no such family of posts."), _("Choose one of: %(words)s.")),
    "not_a_category": (_("There is no such category of people."), _("Choose one of: %(words)s.")),
    "id_number_cell": (_("The cell is a number; its last three digits are lost."), AS_TEXT),
    "id_number_shape": (_("The number does not suit the kind of document."), RETYPE),
    **_identifier("id_number", ID_NUMBER_FAULTS, RETYPE),
    "under_age": (_("Under %(age)s years old: cannot be registered."), _("Take the row out.")),
    **_identifier("mobile", MOBILE_FAULTS, CORRECT),
    **_identifier("uscc", USCC_FAULTS, _("Compare with the business licence.")),
    "sex_contradicts_id": (
        _("The ID number says otherwise (17th character)."),
        _("Check the sex or the ID number."),
    ),
    "hired_under_age": (_("Hired before the age of %(age)s."), _("Check the date.")),
    "own_supervisor": (_("Nobody is his own supervisor."), CORRECT),
    "supervisor_unknown": (
        _("No supervisor has this number."),
        _("Correct it, leave it blank or add the supervisor."),
    ),
    "department_without_unit": (
        _("A department needs the unit it belongs to."),
        _("Put the unit there."),
    ),
    "twice_in_file": (_("Also in row %(rows)s."), _("Leave one of the rows.")),
    "id_has_other_number": (
        _("This person is registered under the number %(number)s."),
        _("Use that number or leave it blank."),
    ),
    "number_has_other_id": (
        _("The number belongs to a person with another ID number."),
        _("Check the number and the ID number."),
    ),
    "email_taken": (_("Another person has this address."), CORRECT),
    "mobile_taken": (_("Another person has this mobile."), CORRECT),
    "works_elsewhere": (
        _("This person works at %(unit)s."),
        _("Tick “move people” if he has really changed, or keep the old unit."),
    ),
    "unit_unknown": (
        _("There is no such unit. Similar: %(names)s."),
        _("Correct it, or add its social credit code and it will be made."),
    ),
    "unit_missing": (_("The name of the unit is missing."), _("Put the unit there.")),
    "unit_archived": (_("The unit is no longer in use."), _("Put another unit there.")),
    "unit_has_other_code": (
        _("This unit is registered under another code."),
        _("Compare with the business licence."),
    ),
}
FLAGS: dict[str, Any] = {
    "blanks_removed": _("blanks before, after or between taken out"),
    "rare_character": _("a rare character, kept; look at it on the printed papers"),
    "id_number_mended": _("blanks and full-width characters mended, x made X"),
    "mobile_mended": _("+86, hyphens, blanks or full-width digits mended"),
    "uscc_mended": _("blanks, full-width or small letters mended"),
    "date_from_text": _("text read as the date %(date)s"),
    "bank_account_shared": _("the same bank account as in row %(rows)s"),
    "unit_name_differs": _("the unit with this code is called %(unit)s; that name is kept"),
}


REMARKS: dict[str, Any] = {
    "other_sheets": _("Sheets that were not read: %(names)s."),
    "hidden_sheets": _("Hidden sheets that were not read: %(names)s."),
    "hidden_rows": _("%(count)s hidden rows were read like the others: %(names)s."),
    "merged": _("Merged cells: %(names)s. Only the first cell of each holds a value."),
}
NAMED = 20


def remarks_of(remarks: dict[str, Any]) -> list[str]:
    """What of a file its author may not have meant, in the reader's language."""
    return [
        str(words)
        % {
            "count": len(remarks[kind]),
            "names": "、".join(map(str, remarks[kind][:NAMED]))
            + ("…" if len(remarks[kind]) > NAMED else ""),
        }
        for kind, words in REMARKS.items()
        if remarks.get(kind)
    ]


def reason_of(code: str, params: dict[str, Any]) -> str:
    """What is wrong, in the reader's language."""
    return str(REASONS[code][0]) % params


def remedy_of(code: str, params: dict[str, Any]) -> str:
    """What to do about it, in the reader's language."""
    return str(REASONS[code][1]) % params


def words_of(code: str, params: dict[str, Any]) -> str:
    """What was mended or should be looked at, in the reader's language."""
    return str(FLAGS[code]) % params


def worded(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored errors in the language of whoever looks now; a job wrote them in its own."""
    return [
        error
        | {
            "reason": reason_of(error["code"], error["params"]),
            "remedy": remedy_of(error["code"], error["params"]),
        }
        for error in errors
    ]


def worded_flags(flags: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored flags in the language of whoever looks now."""
    return [flag | {"reason": words_of(flag["code"], flag["params"])} for flag in flags]
