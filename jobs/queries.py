"""Reads with more than one caller."""

from datetime import datetime

from django.db.models import Max

from jobs.models import Heartbeat, OutboxMessage


def worker_seen_at() -> datetime | None:
    """When any worker last gave a sign of life; None before the first."""
    seen: datetime | None = Heartbeat.objects.aggregate(Max("seen_at"))["seen_at__max"]
    return seen


def waiting_count(at: datetime) -> int:
    """How many messages are due and not done."""
    return OutboxMessage.objects.due(at).count()
