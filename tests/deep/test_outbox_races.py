"""Many workers at one message, and two sealers at one chain."""

import pytest
from celery import current_app

from audit.models import AuditSeal
from audit.services import seal_rows, verify_chain
from jobs.choices import MessageState
from jobs.services import deliver
from tests.deep.threads import at_once
from tests.factories.audit import AuditRowFactory
from tests.factories.jobs import OutboxMessageFactory

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def test_a_message_delivered_eight_times_at_once_runs_once(at):
    calls = []

    @current_app.task(name="tests.counted")
    def counted():
        calls.append(1)

    for _ in range(10):
        message = OutboxMessageFactory(task="tests.counted")
        answers = at_once([lambda pk=message.pk: deliver(message_id=pk, at=at)] * AT_ONCE)
        message.refresh_from_db()

        assert answers.count(True) == 1
        assert message.state == MessageState.DONE
    current_app.tasks.unregister("tests.counted")
    assert len(calls) == 10


def test_sealers_at_once_make_one_chain(at, monkeypatch):
    monkeypatch.setattr("audit.services.sealing.BATCH", 5)
    AuditRowFactory.create_batch(40)

    sealed = sum(at_once([lambda: seal_rows(at=at)] * AT_ONCE))
    seal_rows(at=at)

    verdict = verify_chain()
    assert sealed <= verdict.rows == 40
    assert verdict.faults == []
    assert AuditSeal.objects.count() == 8
