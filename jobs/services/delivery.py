"""Delivering outbox messages: claim under a lease, run, close. Safe to call any number of times."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import current_app
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from jobs.choices import MessageState
from jobs.models import OutboxMessage
from jobs.models.outbox import OutboxQuerySet
from jobs.rules.delivery import LEASE, MAX_TRIES, RENEW_EVERY, is_given_up, wait_after
from jobs.services.life import note_heartbeat
from jobs.services.watching import fail_job

log = logging.getLogger(__name__)


class _Clock:
    """Instants after the one a delivery was given, without asking for the time of day."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._start = time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._start)


def claim(*, message_id: int, at: datetime) -> OutboxMessage | None:
    """Take a message under a lease and count the try before the dangerous part.

    None when it is done, given up, not due, or held by another worker whose lease still runs.
    """
    taken = (
        OutboxMessage.objects.due(at)
        .filter(pk=message_id, tries__lt=MAX_TRIES)
        .update(state=MessageState.RUNNING, tries=F("tries") + 1, due_at=at + LEASE, hinted_at=None)
    )
    if taken:
        return OutboxMessage.objects.get(pk=message_id)
    lost = OutboxMessage.objects.due(at).filter(pk=message_id, state=MessageState.RUNNING).first()
    if lost is not None:
        _give_up(lost, "the worker was lost on every try", at)
    return None


def deliver(*, message_id: int, at: datetime) -> bool:
    """Run the task that a message names; True if it was run, well or badly.

    A task that fails is tried again with growing pauses and given up after six tries; a watched
    job then shows as failed. The lease is renewed while the task runs.
    """
    message = claim(message_id=message_id, at=at)
    if message is None:
        return False
    clock = _Clock(at)
    try:
        with _Lease(message, clock):
            current_app.tasks[message.task].run(**message.args)
    except Exception as error:
        log.exception("message %s (%s) failed, try %s", message.pk, message.task, message.tries)
        _put_back(message, error, clock.now())
        return True
    _mine(message).update(
        state=MessageState.DONE, finished_at=clock.now(), error="", hinted_at=None
    )
    return True


def _mine(message: OutboxMessage) -> OutboxQuerySet:
    """The row, if no other worker has taken it since: the count of tries is the fence."""
    return OutboxMessage.objects.open().filter(pk=message.pk, tries=message.tries)


def _put_back(message: OutboxMessage, error: Exception, at: datetime) -> None:
    text = f"{type(error).__name__}: {error}"[:2000]
    if is_given_up(message.tries):
        _give_up(message, text, at)
        return
    _mine(message).update(
        state=MessageState.WAITING, due_at=at + wait_after(message.tries), error=text
    )


def _give_up(message: OutboxMessage, error: str, at: datetime) -> None:
    closed = _mine(message).update(state=MessageState.DEAD, finished_at=at, error=error)
    if closed and "job_id" in message.args:
        fail_job(
            job_id=message.args["job_id"],
            at=at,
            error=_("The work failed %(tries)s times and was given up. Ask an administrator.")
            % {"tries": message.tries},
        )


class _Lease:
    """Renews a message's lease in a thread for as long as the block runs."""

    def __init__(self, message: OutboxMessage, clock: _Clock) -> None:
        self._message = message
        self._clock = clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._thread.join()

    def _keep(self) -> None:
        keep_renewing(self._stop.wait, self._message, self._clock.now)


def keep_renewing(
    stopped: Callable[[float], bool], message: OutboxMessage, now: Callable[[], datetime]
) -> None:
    """Renew every few seconds until stopped or until the message is somebody else's."""
    try:
        while not stopped(RENEW_EVERY.total_seconds()):
            try:
                if not _mine(message).update(due_at=now() + LEASE):
                    return
                note_heartbeat(at=now())
            except Exception as error:  # a busy database: the next renewal may still be in time
                log.warning("lease of message %s not renewed: %s", message.pk, error)
    finally:
        connection.close()
