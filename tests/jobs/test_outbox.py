import logging
from datetime import timedelta

import pytest
from celery import current_app
from django.db import IntegrityError, transaction

from jobs.choices import JobState, MessageState
from jobs.models import OutboxMessage
from jobs.queries import waiting_count
from jobs.services import deliver, enqueue, outbox, publish_waiting, revive, start_job
from jobs.services.delivery import claim
from tests.factories.jobs import OutboxMessageFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def quiet_and_rested(monkeypatch):
    logging.disable(logging.CRITICAL)
    monkeypatch.setattr(outbox._Broker, "down_until", 0.0)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def queue(monkeypatch):
    """What the broker was told; `queue.up = False` makes it refuse."""

    class Queue(list):
        up = True
        asked = 0

        def send_task(self, name, args, retry):
            self.asked += 1
            if not self.up:
                raise ConnectionError("no broker")
            self.append(args[0])

    told = Queue()
    monkeypatch.setattr(outbox.current_app, "send_task", told.send_task)
    return told


@pytest.fixture
def task():
    """A task that notes its calls and fails as often as `task.failures` says."""

    class Work(list):
        failures = 0

    calls = Work()

    @current_app.task(name="tests.task")
    def work(**args):
        calls.append(args)
        if len(calls) <= calls.failures:
            raise RuntimeError("not yet")

    yield calls
    current_app.tasks.unregister("tests.task")


def test_a_committed_message_is_told_to_the_queue(queue, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = enqueue(task="tests.task", args={"pk": 1}, at=at)

    assert queue == [message.pk]
    assert publish_waiting(at=at) == 0


def test_a_rolled_back_message_was_never_asked_for(queue, at):
    with transaction.atomic():
        enqueue(task="tests.task", args={}, at=at)
        transaction.set_rollback(True)

    assert OutboxMessage.objects.count() == 0
    assert queue == []


def test_a_key_asks_once_ever(queue, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = enqueue(task="tests.task", args={"pk": 1}, at=at, key="k")
        second = enqueue(task="tests.task", args={"pk": 2}, at=at, key="k")

    assert first == second
    assert queue == [first.pk]


def test_the_database_refuses_a_key_twice():
    OutboxMessageFactory(key="k")

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessageFactory(key="k")


def test_a_broker_that_is_down_delays_and_loses_nothing(
    queue, at, django_capture_on_commit_callbacks, monkeypatch
):
    queue.up = False
    with django_capture_on_commit_callbacks(execute=True):
        messages = [enqueue(task="tests.task", args={}, at=at) for _ in range(100)]
    asked_while_down = queue.asked
    swept_while_down = publish_waiting(at=at)
    queue.up = True

    count = publish_waiting(at=at + timedelta(seconds=10))

    assert (asked_while_down, swept_while_down, count) == (1, 0, 100)
    assert queue == [message.pk for message in messages]


def test_the_sweeper_repeats_a_hint_that_was_lost(queue, at):
    message = OutboxMessageFactory(hinted_at=at)

    early = publish_waiting(at=at + MINUTE / 2)
    late = publish_waiting(at=at + MINUTE)

    assert (early, late, queue) == (0, 1, [message.pk])


def test_the_sweeper_leaves_alone_what_is_done_dead_or_not_due(queue, at):
    OutboxMessageFactory(state=MessageState.DONE)
    OutboxMessageFactory(state=MessageState.DEAD)
    OutboxMessageFactory(due_at=at + MINUTE)

    assert publish_waiting(at=at) == 0
    assert waiting_count(at) == 0
    assert waiting_count(at + MINUTE) == 1


def test_delivering_runs_the_task_once(task, at):
    message = OutboxMessageFactory(args={"pk": 7})

    ran = [deliver(message_id=message.pk, at=at) for _ in range(3)]

    message.refresh_from_db()
    assert ran == [True, False, False]
    assert task == [{"pk": 7}]
    assert (message.state, message.tries, message.error) == (MessageState.DONE, 1, "")


def test_a_failing_task_is_tried_again_with_growing_pauses(task, at, queue):
    task.failures = 2
    message = OutboxMessageFactory()
    pauses = []
    for _ in range(2):
        deliver(message_id=message.pk, at=at)
        message.refresh_from_db()
        pauses.append(round((message.due_at - at).total_seconds()))
        assert message.error == "RuntimeError: not yet"
        assert deliver(message_id=message.pk, at=at) is False
        at = message.due_at
    assert publish_waiting(at=at) == 1

    deliver(message_id=message.pk, at=at)

    message.refresh_from_db()
    assert pauses == [10, 20]
    assert message.state == MessageState.DONE


def test_a_task_is_given_up_after_six_tries_and_its_job_fails(task, at, queue):
    task.failures = 99
    job = start_job(kind="t", owner=UserFactory(), title="t", task="tests.task", at=at)
    message = OutboxMessage.objects.get()
    for _ in range(8):
        deliver(message_id=message.pk, at=at)
        message.refresh_from_db()
        at = max(at, message.due_at)

    job.refresh_from_db()
    assert (len(task), message.state) == (6, MessageState.DEAD)
    assert job.state == JobState.FAILED
    assert "6" in job.error


def test_a_task_nobody_knows_is_an_error_like_others(at):
    message = OutboxMessageFactory(task="tests.unknown")

    deliver(message_id=message.pk, at=at)

    message.refresh_from_db()
    assert message.state == MessageState.WAITING
    assert "tests.unknown" in message.error


def test_a_lease_keeps_others_out_until_it_ends(at):
    message = OutboxMessageFactory()

    first = claim(message_id=message.pk, at=at)
    second = claim(message_id=message.pk, at=at)
    third = claim(message_id=message.pk, at=at + MINUTE)

    assert (first.tries, second, third.tries) == (1, None, 2)


def test_a_worker_lost_on_every_try_kills_the_message(at):
    message = OutboxMessageFactory()
    for number in range(6):
        claim(message_id=message.pk, at=at + number * MINUTE)
    before = claim(message_id=message.pk, at=at + 5 * MINUTE)

    after = claim(message_id=message.pk, at=at + 6 * MINUTE)

    message.refresh_from_db()
    assert before is after is None
    assert (message.state, message.error) == (
        MessageState.DEAD,
        "the worker was lost on every try",
    )


def test_a_worker_that_lost_its_lease_closes_nothing(at, task, monkeypatch):
    message = OutboxMessageFactory()

    @current_app.task(name="tests.slow")
    def slow():
        OutboxMessage.objects.update(tries=2)  # another worker has taken it meanwhile

    OutboxMessage.objects.update(task="tests.slow")
    deliver(message_id=message.pk, at=at)

    message.refresh_from_db()
    current_app.tasks.unregister("tests.slow")
    assert message.state == MessageState.RUNNING


@pytest.mark.parametrize(("which", "revived"), [("", 2), ("tests.task", 1)])
def test_reviving_gives_a_fresh_set_of_tries(at, which, revived, queue):
    OutboxMessageFactory(state=MessageState.DEAD, tries=6, hinted_at=at)
    OutboxMessageFactory(state=MessageState.DEAD, tries=6, task="tests.other", hinted_at=at)

    assert revive(at=at, task=which) == revived
    assert publish_waiting(at=at) == revived


def test_messages_say_what_they_are():
    message = OutboxMessageFactory()

    assert str(message) == f"tests.task #{message.pk} (waiting)"
