"""How long a certificate is valid, who may ask about it, and what its state is called."""

from calendar import monthrange
from datetime import date, timedelta


def last_day(issued_on: date, months: int | None) -> date | None:
    """The last valid day: `months` from issue, less one day; None without end.

    20 June 2026 and 36 months end on 19 June 2029; 31 August and six on the last of February.
    """
    if months is None:
        return None
    years, month = divmod(issued_on.month - 1 + months, 12)
    year, month = issued_on.year + years, month + 1
    length = monthrange(year, month)[1]
    if issued_on.day > length:
        return date(year, month, length)
    return date(year, month, issued_on.day) - timedelta(days=1)


def surname_matches(name: str, typed: str) -> bool:
    """Whether `typed` is the surname of `name`, or more of it: 欧阳 and 欧 for 欧阳娜; any whole
    word of a Latin name."""
    holder, asked = (" ".join(text.split()).casefold() for text in (name, typed))
    if not asked:
        return False
    if asked.isascii():
        return asked in holder.replace("-", " ").split() or asked in (holder, *holder.split())
    return holder.startswith(asked)
