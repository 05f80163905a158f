"""Reads with more than one caller."""

from typing import Any

from notices.models import Notice


def unread_count(person: Any) -> int:
    """How many notices a person has not opened: the number at the bell."""
    return Notice.objects.visible_to(person).unread().count()
