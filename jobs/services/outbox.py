"""Writing and publishing outbox messages.

The message row is the truth. Publishing to the broker after commit is a hint that may fail
without harm: the sweeper publishes every message that is due and that the queue does not know.
"""

import logging
import time
from datetime import datetime
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction

from jobs.choices import MessageState
from jobs.models import OutboxMessage
from jobs.rules.delivery import HINT_PATIENCE

log = logging.getLogger(__name__)

BATCH = 500
BROKER_PAUSE_SECONDS = 5.0


class _Broker:
    """Remembers for a few seconds that the broker is down, so that a request which enqueues a
    hundred messages waits for one timeout and not for a hundred."""

    down_until = 0.0


def enqueue(*, task: str, args: dict[str, Any], at: datetime, key: str = "") -> OutboxMessage:
    """Ask for one task in the caller's transaction; with a key, at most once ever."""
    fields = {"task": task, "args": args, "created_at": at, "due_at": at, "hinted_at": at}
    if key:
        message, made = OutboxMessage.objects.get_or_create(key=key, defaults=fields)
    else:
        message, made = OutboxMessage.objects.create(**fields), True
    if made:
        transaction.on_commit(partial(_hint, message.pk), robust=True)
    return message


def _hint(message_id: int) -> None:
    """After commit: tell the queue, or leave the row to the sweeper."""
    if time.monotonic() < _Broker.down_until or not publish(message_id):
        OutboxMessage.objects.filter(pk=message_id).update(hinted_at=None)


def publish(message_id: int) -> bool:
    """Hint to the workers that a message waits. False, and a log line, when no broker answers."""
    try:
        current_app.send_task("jobs.deliver", args=[message_id], retry=False)
    except Exception as error:  # the broker's own errors differ by transport
        _Broker.down_until = time.monotonic() + BROKER_PAUSE_SECONDS
        log.warning("broker does not answer, message %s waits: %s", message_id, error)
        return False
    return True


def publish_waiting(*, at: datetime) -> int:
    """The sweeper: publish what is due and unknown to the queue, oldest first; the number."""
    waiting = OutboxMessage.objects.due(at).unhinted(at, HINT_PATIENCE)
    told = []
    for message_id in waiting.values_list("pk", flat=True)[:BATCH]:
        if not publish(message_id):
            break
        told.append(message_id)
    OutboxMessage.objects.filter(pk__in=told).update(hinted_at=at)
    return len(told)


def revive(*, at: datetime, task: str = "") -> int:
    """Give messages that were given up (all, or one task's) a fresh set of tries; the number."""
    dead = OutboxMessage.objects.filter(state=MessageState.DEAD)
    if task:
        dead = dead.filter(task=task)
    return dead.update(
        state=MessageState.WAITING, tries=0, due_at=at, hinted_at=None, finished_at=None
    )
