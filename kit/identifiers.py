"""Identifiers: resident ID numbers, unified social credit codes, mobiles, codes of our own.

Pure: messages are English msgids; whoever shows one calls `gettext(error.message)`.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import date

from kit.numbers import fold


def _(message: str) -> str:
    """Marks a msgid for the translators."""
    return message


class IdentifierError(ValueError):
    """What is wrong with an identifier: a code for programs, a message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


# What can be wrong, by the code of the IdentifierError; import lists show these words too.
ID_NUMBER_FAULTS = {
    "empty": _("The ID number is missing."),
    "scientific": _("The workbook turned the ID number into a number; format the column as text."),
    "old": _("15-digit ID numbers have not been valid since 2013; enter all 18 characters."),
    "length": _("An ID number has 18 characters."),
    "characters": _("An ID number is 17 digits and a digit or X."),
    "region": _("No such region: the first digits of the ID number."),
    "date": _("The birth date in the ID number does not exist."),
    "future": _("The birth date in the ID number is in the future."),
    "age": _("The ID number says the person is over 120 years old."),
    "check": _("The check character of the ID number is wrong."),
}
USCC_FAULTS = {
    "length": _("A unified social credit code has 18 characters."),
    "characters": _("A unified social credit code has no I, O, S, V or Z, and digits from 3 to 8."),
    "check": _("The check character of the unified social credit code is wrong."),
}
MOBILE_FAULTS = {"mobile": _("A mobile number has 11 digits and begins with 13 to 19.")}


def _fault(faults: dict[str, str], code: str) -> IdentifierError:
    return IdentifierError(code, faults[code])


@dataclass(frozen=True)
class IdNumber:
    """A resident ID number that passed every check; sex is "M" or "F"."""

    number: str
    born_on: date
    sex: str


# Provinces of GB/T 2260, and 81 82 83 for residents from Hong Kong, Macao and Taiwan.
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_SHAPE = re.compile(
    rf"[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY][0-9]{{6}}[{_USCC_ALPHABET}]{{10}}"
)
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CROCKFORD_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
CODE_LENGTH = 26
OLDEST_AGE = 120


def parse_id_number(text: str, *, on: date) -> IdNumber:
    """A resident ID number (GB 11643-1999) as it is valid on a day.

    Blanks, full-width characters and a lower-case x are mended. IdentifierError names the first
    fault: empty, scientific, old, length, characters, region, date, future, age or check.
    """
    number = fold(text).replace(" ", "").upper()
    _check_id_shape(number)
    born_on = _birth_date(number[6:14])
    if born_on > on:
        raise _fault(ID_NUMBER_FAULTS, "future")
    if age_on(born_on, on) > OLDEST_AGE:
        raise _fault(ID_NUMBER_FAULTS, "age")
    if id_check_character(number[:17]) != number[17]:
        raise _fault(ID_NUMBER_FAULTS, "check")
    return IdNumber(number, born_on, "M" if int(number[16]) % 2 else "F")


def _check_id_shape(number: str) -> None:
    if number in {"", "-", "/", "无"}:
        raise _fault(ID_NUMBER_FAULTS, "empty")
    if re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]+", number):
        raise _fault(ID_NUMBER_FAULTS, "scientific")
    if re.fullmatch(r"[0-9]{15}", number):
        raise _fault(ID_NUMBER_FAULTS, "old")
    if len(number) != 18:
        raise _fault(ID_NUMBER_FAULTS, "length")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise _fault(ID_NUMBER_FAULTS, "characters")
    if not _PROVINCES.match(number):
        raise _fault(ID_NUMBER_FAULTS, "region")


def _birth_date(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise _fault(ID_NUMBER_FAULTS, "date") from error


def id_check_character(first17: str) -> str:
    """The 18th character of a resident ID number."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def age_on(born_on: date, on: date) -> int:
    """Full years; someone born on 29 February comes of age on 1 March in common years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def parse_uscc(text: str) -> str:
    """A unified social credit code (GB 32100-2015), mended to upper case without blanks.

    IdentifierError: length, characters or check.
    """
    code = fold(text).replace(" ", "").upper()
    if len(code) != 18:
        raise _fault(USCC_FAULTS, "length")
    if not _USCC_SHAPE.fullmatch(code):
        raise _fault(USCC_FAULTS, "characters")
    if uscc_check_character(code[:17]) != code[17]:
        raise _fault(USCC_FAULTS, "check")
    return code


def uscc_check_character(first17: str) -> str:
    """The 18th character of a unified social credit code."""
    total = sum(
        _USCC_ALPHABET.index(character) * pow(3, place, 31)
        for place, character in enumerate(first17)
    )
    return _USCC_ALPHABET[-total % 31]


def normalise_mobile(text: str) -> str:
    """The 11 digits of a mainland mobile number, without +86, blanks and hyphens."""
    digits = re.sub(r"[ ()-]", "", fold(text))
    digits = re.sub(r"^(?:\+|00)?86(?=1[0-9]{10}$)", "", digits)
    if not re.fullmatch(r"1[3-9][0-9]{9}", digits):
        raise _fault(MOBILE_FAULTS, "mobile")
    return digits


def mask_id_number(number: str) -> str:
    """First three and last four characters, the rest stars; too short a number all stars."""
    if len(number) < 8:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def mask_name(name: str) -> str:
    """The first character and one star: nothing of a name's length."""
    return f"{name.strip()[:1]}*"


def check_character(text: str) -> str:
    """The check character (ISO 7064 MOD 37,36) of digits and capital letters.

    ValueError for other characters.
    """
    remainder = 36
    for character in text:
        total = (remainder + _ALPHANUMERIC.index(character)) % 36 or 36
        remainder = total * 2 % 37
    return _ALPHANUMERIC[(37 - remainder) % 36]


def random_code() -> str:
    """26 random characters of Crockford's base 32: 130 bits nobody can guess."""
    return "".join(secrets.choice(_CROCKFORD) for _unused in range(CODE_LENGTH))


def normalise_code(text: str) -> str:
    """A code of ours as people type it: any case, blanks, hyphens, O for 0, I or L for 1."""
    # Longer input is refused before it is worked on: anybody may type here.
    code = re.sub(r"[ -]", "", fold(text[:200])).upper().translate(_CROCKFORD_LOOKALIKES)
    if len(text) > 200 or len(code) != CODE_LENGTH or not set(code) <= set(_CROCKFORD):
        raise IdentifierError("code", _("This is not a code of ours."))
    return code
