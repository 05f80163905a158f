"""Real threads that start at the same moment, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from django.db import connection


def at_once(calls, told=()):
    """Run all calls from one start line; what each returned.

    A refusal of a kind in `told` is an answer too: its code. Any other error is raised.
    """
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=60)
            return call()
        except told as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def together(count, work):
    """So many hands at the same work, each with its number from 0; what each got."""
    return at_once([partial(work, number) for number in range(count)])
