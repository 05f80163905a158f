import os
import subprocess
import sys
import time
from queue import Empty

import pytest
from kombu import Connection, Exchange, Producer, Queue
from kombu.transport import TRANSPORT_ALIASES

from kit import broker

TRANSPORT_ALIASES["folder"] = "kit.broker:Transport"


@pytest.fixture
def options(tmp_path):
    return {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "inflight_folder": str(tmp_path / "inflight"),
        "control_folder": str(tmp_path / "control"),
    }


@pytest.fixture
def channel(options):
    with Connection("folder://", transport_options=options) as connection:
        yield connection.channel()


QUEUE = Queue("work", Exchange("work", type="direct"), routing_key="work")


def send(channel, *bodies):
    producer = Producer(channel, exchange=QUEUE.exchange, routing_key="work")
    for body in bodies:
        producer.publish(body, declare=[QUEUE])


def take(channel):
    return QUEUE(channel).get(no_ack=False)


def files(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_messages_come_in_order_and_are_gone_when_acknowledged(channel, tmp_path):
    send(channel, "one", "two", "three")

    got = [take(channel) for _ in range(3)]
    for message in got:
        message.ack()

    assert [message.payload for message in got] == ["one", "two", "three"]
    assert take(channel) is None
    assert files(tmp_path / "queue") == files(tmp_path / "inflight") == []


def test_an_unacknowledged_message_lies_in_flight_under_its_owner(channel, tmp_path):
    send(channel, "one")
    take(channel)

    [name] = files(tmp_path / "inflight")
    assert name.startswith(f"{os.getpid()}-")
    assert broker.restore(tmp_path / "queue", tmp_path / "inflight", now=time.time()) == 0


@pytest.mark.parametrize(("requeue", "left"), [(True, "one"), (False, None)])
def test_a_rejected_message(channel, requeue, left, tmp_path):
    send(channel, "one")
    take(channel).reject(requeue=requeue)

    assert files(tmp_path / "inflight") == []
    again = take(channel)
    assert (again and again.payload) == left


def test_closing_puts_back_what_was_not_acknowledged(options, tmp_path):
    with Connection("folder://", transport_options=options) as connection:
        channel = connection.channel()
        send(channel, "one")
        take(channel)
        channel.close()

    assert len(files(tmp_path / "queue")) == 1
    assert files(tmp_path / "inflight") == []


def test_what_a_dead_process_held_is_put_back(channel, tmp_path):
    send(channel, "one")
    take(channel)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    [held] = (tmp_path / "inflight").iterdir()
    held.rename(held.with_name(f"{dead.pid}-1@{held.name.partition('@')[2]}"))

    count = broker.restore(tmp_path / "queue", tmp_path / "inflight", now=time.time())

    assert count == 1
    assert take(channel).payload == "one"


@pytest.mark.parametrize(
    "holder", [f"{os.getpid()}-1", "x-1", "99999999-5"], ids=["own", "odd", "gone"]
)
def test_an_earlier_process_with_the_same_number_is_dead(holder, tmp_path):
    folder = tmp_path / "inflight"
    folder.mkdir()
    (folder / f"{holder}@1_a.work.msg").write_text("{}")

    assert broker.restore(tmp_path / "queue", folder, now=time.time()) == 1


def test_a_process_of_another_account_lives(monkeypatch, tmp_path):
    def refuse(pid, signal):
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    (tmp_path / "inflight").mkdir()
    (tmp_path / "inflight" / "1-1@1_a.work.msg").write_text("{}")

    assert broker.restore(tmp_path / "queue", tmp_path / "inflight", now=time.time()) == 0


def test_without_proc_the_number_alone_counts(monkeypatch):
    monkeypatch.setattr(broker.Path, "read_text", lambda self: (_ for _ in ()).throw(OSError))

    assert broker.owner() == f"{os.getpid()}-0"


def test_a_file_that_is_no_message_is_set_aside_and_the_rest_goes_on(channel, tmp_path):
    send(channel, "one")
    (tmp_path / "queue" / f"{0:020d}_a.work.msg").write_text("")
    (tmp_path / "queue" / f"{0:020d}_b.work.msg").write_text("[]")

    message = take(channel)
    message.ack()

    assert message.payload == "one"
    assert files(tmp_path / "inflight") == [f"broken@{0:020d}_{x}.work.msg" for x in "ab"]
    assert broker.restore(tmp_path / "queue", tmp_path / "inflight", now=time.time()) == 0


def test_a_message_taken_by_another_worker_is_passed_over(channel, monkeypatch, tmp_path):
    send(channel, "one")
    real = broker.queued
    monkeypatch.setattr(
        broker, "queued", lambda folder, queue: ["0_gone.work.msg", *real(folder, queue)]
    )

    assert take(channel).payload == "one"


def test_queues_do_not_read_each_other(channel):
    send(channel, "one")

    with pytest.raises(Empty):
        channel._get("other")
    assert (channel._size("work"), channel._size("ork"), channel._purge("work")) == (1, 0, 1)


def test_worker_talk_is_never_in_flight_and_dropped_when_stale(channel, tmp_path):
    channel._put("w.celery.pidbox", {"properties": {"delivery_tag": "t"}})
    channel._get("w.celery.pidbox")
    channel._put("w.celery.pidbox", {"properties": {}})
    channel._put("work", {"properties": {}})
    (tmp_path / "queue" / ".half.tmp").write_text("")

    broker.restore(tmp_path / "queue", tmp_path / "inflight", now=time.time() + 601)

    assert files(tmp_path / "inflight") == []
    assert len(os.listdir(tmp_path / "queue")) == 1


def test_stale_talk_read_by_somebody_else_is_no_fault(monkeypatch, channel, tmp_path):
    channel._put("w.celery.pidbox", {})
    monkeypatch.setattr(
        broker.Path, "unlink", lambda self: (_ for _ in ()).throw(FileNotFoundError)
    )

    assert broker.restore(tmp_path / "queue", tmp_path / "inflight", now=time.time() + 601) == 0


def test_bindings_are_kept_once_and_can_be_removed(channel):
    channel._queue_bind("x", "k", "p", "q")
    channel._queue_bind("x", "k", "p", "q")
    channel._queue_bind("x", "k2", "p", "q2")
    before = [row.queue for row in channel.get_table("x")]
    channel._delete("q", "x", "k", "p")
    channel._delete("q", "x", "k", "p")

    assert before == ["q2", "q"]
    assert [row.queue for row in channel.get_table("x")] == ["q2"]
    assert channel.get_table("never") == []
