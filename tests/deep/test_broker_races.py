"""Several producers and a consumer at once: nothing is lost, nothing stops the consumer."""

import multiprocessing
import os
import signal
import time

import pytest
from kombu import Connection, Exchange, Producer, Queue
from kombu.transport import TRANSPORT_ALIASES

from kit import broker

TRANSPORT_ALIASES["folder"] = "kit.broker:Transport"
QUEUE = Queue("work", Exchange("work", type="direct"), routing_key="work")
PRODUCERS, EACH = 3, 700
pytestmark = pytest.mark.deep
SPAWN = multiprocessing.get_context("spawn")


def options_in(folder):
    return {
        "data_folder_in": f"{folder}/queue",
        "data_folder_out": f"{folder}/queue",
        "inflight_folder": f"{folder}/inflight",
        "control_folder": f"{folder}/control",
    }


def produce(folder, producer):
    with Connection("folder://", transport_options=options_in(folder)) as connection:
        sender = Producer(connection.channel(), exchange=QUEUE.exchange, routing_key="work")
        for number in range(EACH):
            sender.publish([producer, number], declare=[QUEUE])


def hold_for_ever(folder):
    with Connection("folder://", transport_options=options_in(folder)) as connection:
        queue = QUEUE(connection.channel())
        for _ in range(5):
            queue.get(no_ack=False)
        time.sleep(600)


def drain(folder, want, seconds=60):
    got = []
    with Connection("folder://", transport_options=options_in(folder)) as connection:
        queue = QUEUE(connection.channel())
        queue.declare()
        end = time.monotonic() + seconds
        while len(got) < want and time.monotonic() < end:
            message = queue.get(no_ack=False)
            if message is None:
                time.sleep(0.005)
                continue
            got.append(tuple(message.payload))
            message.ack()
    return got


def test_no_message_of_several_producers_is_lost_or_doubled(tmp_path):
    processes = [SPAWN.Process(target=produce, args=(str(tmp_path), n)) for n in range(PRODUCERS)]
    for process in processes:
        process.start()

    got = drain(tmp_path, PRODUCERS * EACH)

    for process in processes:
        process.join()
    assert sorted(got) == [(n, number) for n in range(PRODUCERS) for number in range(EACH)]
    assert [number for n, number in got if n == 0] == list(range(EACH))


def test_what_a_killed_worker_held_is_delivered_again(tmp_path):
    produce(str(tmp_path), 0)
    worker = SPAWN.Process(target=hold_for_ever, args=(str(tmp_path),))
    worker.start()
    end = time.monotonic() + 20
    while len(list((tmp_path / "inflight").iterdir())) < 5 and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()

    restored = broker.restore(tmp_path / "queue", tmp_path / "inflight", now=time.time())

    assert restored == 5
    assert sorted(drain(tmp_path, EACH)) == [(0, number) for number in range(EACH)]
