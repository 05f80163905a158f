"""Single cells of a roster: what is accepted, what is mended and said so, what is refused."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from kit.numbers import fold
from kit.tables import Cell

SEXES = {"男": "M", "女": "F", "m": "M", "f": "F", "male": "M", "female": "F"}
ID_TYPES = {
    "居民身份证": "resident",
    "身份证": "resident",
    "港澳居民来往内地通行证": "hk_macau_permit",
    "台湾居民来往大陆通行证": "taiwan_permit",
    "港澳台居民居住证": "residence_permit",
    "护照": "passport",
}
ID_SHAPES = {
    "hk_macau_permit": re.compile(r"[HM]\d{8}(\d{2})?"),
    "taiwan_permit": re.compile(r"\d{8}"),
    "passport": re.compile(r"[A-Z0-9]{5,20}"),
}
CATEGORIES = {
    "失业人员": "unemployed",
    "在校大学生": "student",
    "农村电商带头人": "rural_leader",
    "返乡创业人员": "returnee",
    "企业职工": "employee",
    "企业员工": "employee",
    "其他": "other",
    "自费": "other",
}
FAMILIES = {"运营类": "operation", "设计类": "design", "客服类": "service", "其他": "other"}
LONGEST = {"name": 80, "unit": 120, "department": 120, "post": 60, "education": 40}
LONGEST |= {"household": 120, "bank_name": 80}
SERIAL_DAYS = range(18_264, 73_051)  # 1950 to 2099 as spreadsheet programs count days
_EMAIL = re.compile(
    r"[a-z0-9._%+-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)+"
)
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0{1,2}:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_FORMULA = "=+-@＝＋－＠"


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken. `value` is masked where the column holds a personal number."""

    column: str
    code: str
    value: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Flag:
    """What was mended, or what a person should look at, in a row that can be taken."""

    column: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


class BadValue(ValueError):
    """A cell that cannot be taken, by code."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def plain_text(cell: Cell) -> str:
    """A text cell as typed; BadValue for formulas and error values."""
    if cell.kind == "formula":
        raise BadValue("formula_cell")
    if cell.kind == "error":
        raise BadValue("error_cell")
    if cell.kind in {"date", "datetime"}:
        return str(cell.value)
    return str(cell.value) if cell.kind == "text" else cell.text


def free_text(cell: Cell, longest: int) -> str:
    """Words kept as they are: trimmed, NFC, without what cannot be seen."""
    text = " ".join(unicodedata.normalize("NFC", plain_text(cell)).split())
    if _unseen(plain_text(cell)):
        raise BadValue("control_character")
    if len(text) > longest:
        raise BadValue("too_long", limit=longest)
    return text


def person_name(cell: Cell) -> tuple[str, list[str]]:
    """A name, and what was mended or is worth a look. Letters of any script, marks, middle dots."""
    raw = plain_text(cell)
    flags = []
    name = " ".join(unicodedata.normalize("NFC", raw).split())
    if not name:
        raise BadValue("name_missing")
    if name != raw:
        flags.append("blanks_removed")
    if _unseen(raw):
        raise BadValue("control_character")
    if name[0] in _FORMULA:
        raise BadValue("like_formula")
    if not all(_in_name(sign) for sign in name) or not any(sign.isalpha() for sign in name):
        raise BadValue("not_a_name")
    if len(name) > LONGEST["name"]:
        raise BadValue("too_long", limit=LONGEST["name"])
    if any(ord(sign) > 0xFFFF for sign in name):
        flags.append("rare_character")
    return name, flags


def _in_name(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM" or sign in " ·•・.．'’-‐"


def _unseen(text: str) -> bool:
    """Control, bidirectional and zero-width characters; line breaks count, plain blanks do not."""
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} for sign in text)


def account_number(cell: Cell) -> str:
    """An employee or trainee number in capitals; blank where there is none yet."""
    text = fold(plain_text(cell)).upper()
    if text and not _NUMBER.fullmatch(text):
        raise BadValue("not_a_number")
    return text


def email_address(cell: Cell) -> str:
    """An address in small letters; a line break in it is an attack on mail headers."""
    raw = plain_text(cell)
    if _unseen(raw.strip()) or "%0a" in raw.lower() or "%0d" in raw.lower():
        raise BadValue("email_line_break")
    text = fold(raw).lower()
    if len(text) > 254 or (text and not _EMAIL.fullmatch(text)):
        raise BadValue("not_an_email")
    return text


def digits_only(cell: Cell, shortest: int, longest: int) -> str:
    """An account or permit number, kept as text; a number cell has lost its last digits."""
    if cell.kind == "number" and abs(cell.value) >= 1e15:
        raise BadValue("number_cell")
    text = fold(plain_text(cell)).replace(" ", "").replace("-", "")
    if text and not re.fullmatch(rf"[0-9A-Z]{{{shortest},{longest}}}", text.upper()):
        raise BadValue("not_digits", shortest=shortest, longest=longest)
    return text.upper()


def day(cell: Cell) -> tuple[date, str]:
    """A date and how it was written: "date", "iso", "text" or "serial"."""
    if cell.kind == "datetime":
        return cell.value.date(), "text"
    if cell.kind == "date":
        value: date = cell.value
        return value, "date"
    text = fold(plain_text(cell))
    if re.fullmatch(r"\d{1,6}", text):
        return _serial(int(text)), "serial"
    if _SHORT_YEAR.fullmatch(text):
        raise BadValue("date_short_year")
    match = _DATE.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    if match is None:
        raise BadValue("date_unreadable")
    try:
        found = date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise BadValue("date_impossible") from error
    return found, "iso" if text == found.isoformat() else "text"


def _serial(days: int) -> date:
    if days not in SERIAL_DAYS:
        raise BadValue("date_unreadable")
    return (datetime(1899, 12, 30) + timedelta(days=days)).date()  # noqa: DTZ001 -- days, no clock


def choice(cell: Cell, words: dict[str, str], code: str) -> str:
    """One of a list of words, or the stored value itself; "" for a blank cell."""
    text = fold(plain_text(cell)).casefold()
    if not text:
        return ""
    known = {fold(word).casefold(): value for word, value in words.items()}
    known |= {value.casefold(): value for value in words.values()}
    if text not in known:
        first = {value: word for word, value in reversed(words.items())}
        raise BadValue(code, words="、".join(reversed(first.values())))
    return known[text]


def visible(text: str) -> str:
    """A text with its control characters made visible, for lists that people read."""
    return "".join(chr(0x2400 + ord(sign)) if ord(sign) < 0x20 else sign for sign in text)


def shown(text: str, longest: int = 60) -> str:
    """A value as an error list may show it."""
    return text if len(text) <= longest else f"{text[:longest]}…"
