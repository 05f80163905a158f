"""Marking notices as read."""

from datetime import datetime
from typing import Any

from notices.models import Notice


def mark_read(*, notice: Notice, at: datetime) -> None:
    """Note the first time a notice was opened; later openings change nothing."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=at)


def mark_all_read(*, person: Any, at: datetime) -> int:
    """Mark everything a person has not opened; the number marked."""
    return Notice.objects.visible_to(person).unread().update(read_at=at)
