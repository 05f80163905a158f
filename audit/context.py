"""Who is acting in this thread of work, so that services need not carry the request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Actor:
    """id is None for the system itself; label is what an auditor reads years later."""

    id: int | None
    label: str
    ip: str = ""


SYSTEM = Actor(None, "system")
_current: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)


def current_actor() -> Actor:
    """The actor of this request or task."""
    return _current.get()


def actor_of(user: Any, ip: str = "") -> Actor:
    """An actor made of an account; anonymous people act under no id."""
    if user is None or not getattr(user, "is_authenticated", False):
        return Actor(None, "anonymous", ip)
    return Actor(user.pk, str(user), ip)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Run a block in the name of `actor`."""
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)
