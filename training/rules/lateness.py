"""Attendance entered later (补签): when it needs a reason, and its share of all attendance.

A sheet is kept in time until the end of its session's day in China, and for at least two hours
after the session. Whatever is written or changed from then on is a late entry; making up a missed
session always is one. A late entry says who, when and why.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from fractions import Fraction

CHINA = timezone(timedelta(hours=8))
LEAST_TIME = timedelta(hours=2)


def sheet_deadline(ends_at: datetime) -> datetime:
    """The instant from which an entry for a session that ended then is late."""
    day_after = ends_at.astimezone(CHINA).date() + timedelta(days=1)
    return max(datetime.combine(day_after, time(), CHINA), ends_at + LEAST_TIME)


def is_late_entry(*, state: str, ends_at: datetime, at: datetime) -> bool:
    """Whether writing this state at this instant needs a reason."""
    return state == "made_up" or at >= sheet_deadline(ends_at)


@dataclass(frozen=True)
class LateShare:
    """Of the attendances that count, how many were entered later."""

    late: int
    attended: int

    @property
    def fraction(self) -> Fraction | None:
        """late ÷ attended; None where nobody has attended anything yet."""
        return Fraction(self.late, self.attended) if self.attended else None

    @property
    def percent_text(self) -> str:
        """The share in percent with one decimal, half up: 1 of 16 is "6.3"; a dash for none."""
        if not self.attended:
            return "–"
        tenths = (self.late * 2000 + self.attended) // (self.attended * 2)
        return f"{tenths // 10}.{tenths % 10}"
