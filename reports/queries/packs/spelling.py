"""How packs spell instants, days, people and scores."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def instant(at: datetime | None) -> str:
    """ "2026-03-09T09:00:00+08:00"; "" where nothing has happened."""
    return at.astimezone(CHINA).isoformat(timespec="seconds") if at else ""


def day(on: date | None) -> str:
    """ "2026-03-09"; "" where there is none."""
    return on.isoformat() if on else ""


def who(person: Any) -> str:
    """Name and number of an account; "" for nobody."""
    return f"{person.name} {person.number}" if person else ""


def exact(value: Fraction | None) -> str:
    """An exact score as text, "418/5"; "" while it is not known."""
    return "" if value is None else str(value)
