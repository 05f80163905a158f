"""When a message is tried again, and when it is given up."""

from datetime import timedelta

MAX_TRIES = 6
FIRST_WAIT = timedelta(seconds=5)
LEASE = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=8)
HINT_PATIENCE = timedelta(seconds=60)


def wait_after(tries: int) -> timedelta:
    """The pause after the n-th failed try: 10 s, then twice as long each time."""
    return FIRST_WAIT * (1 << tries)


def is_given_up(tries: int) -> bool:
    """Whether so many tries were enough."""
    return tries >= MAX_TRIES
