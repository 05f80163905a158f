from datetime import timedelta

import pytest
from django.db import connection

from jobs.choices import MessageState
from jobs.models import Heartbeat
from jobs.queries import worker_seen_at
from jobs.rules.delivery import LEASE, RENEW_EVERY
from jobs.services import delivery, note_heartbeat
from jobs.services.delivery import keep_renewing
from tests.factories.jobs import OutboxMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keep_connection(monkeypatch):
    """The renewing thread closes its own connection; here it is the test's."""
    monkeypatch.setattr(
        delivery, "connection", type("Own", (), {"close": staticmethod(lambda: None)})
    )
    return connection


def rounds(count):
    """A `stopped` that says no so many times."""
    left = [False] * count + [True]
    return lambda seconds: left.pop(0)


def test_a_lease_is_renewed_while_the_task_runs(at):
    message = OutboxMessageFactory(state=MessageState.RUNNING, tries=1)
    later = at + timedelta(minutes=10)

    keep_renewing(rounds(2), message, lambda: later)

    message.refresh_from_db()
    assert message.due_at == later + LEASE
    assert worker_seen_at() == later
    assert RENEW_EVERY * 3 < LEASE


def test_renewing_ends_when_another_worker_has_the_message(at):
    message = OutboxMessageFactory(state=MessageState.RUNNING, tries=2)
    message.tries = 1
    asked = []

    keep_renewing(lambda seconds: bool(asked.append(seconds)), message, lambda: at)

    assert asked == [RENEW_EVERY.total_seconds()]
    assert worker_seen_at() is None


def test_a_renewal_that_fails_is_tried_again(at, monkeypatch):
    message = OutboxMessageFactory(state=MessageState.RUNNING, tries=1)
    clock = iter([OSError("busy"), at, at])

    def now():
        value = next(clock)
        if isinstance(value, Exception):
            raise value
        return value

    keep_renewing(rounds(2), message, now)

    message.refresh_from_db()
    assert message.due_at == at + LEASE


def test_a_heartbeat_is_one_row_a_machine(at):
    note_heartbeat(at=at)
    note_heartbeat(at=at + timedelta(seconds=20))

    [row] = Heartbeat.objects.all()
    assert worker_seen_at() == row.seen_at == at + timedelta(seconds=20)
    assert str(row).endswith("02:00:20")
