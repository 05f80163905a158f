"""The embedded broker: a folder of message files, for an installation without Redis or RabbitMQ.

kombu's own file-system transport loses messages (a reader may take a file between its creation
and its first byte) and forgets what was in flight when a worker is killed. Here a message
appears whole by a rename, is moved to an in-flight folder while it is worked on, and is put
back by `restore` when the worker that held it is gone.

File names: `<nanoseconds>_<uuid>.<queue>.msg` in the queue folder, the same led by
`<owner>@` in flight, where the owner is a process ("<pid>-<start time>").
"""

import fcntl
import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.transport.virtual import BrokerState
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)

# Answers to and events of workers: worthless once their reader is gone.
_PASSING = ("pidbox", "celeryev")
PASSING_SECONDS = 600


class Channel(filesystem.Channel):
    """One connection's view of the folders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: dict[str, Path] = {}
        for folder in (self.incoming, self.outgoing, self.inflight, self.control_folder):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def incoming(self) -> Path:
        return Path(self.data_folder_in)

    @property
    def outgoing(self) -> Path:
        return Path(self.data_folder_out)

    @property
    def inflight(self) -> Path:
        return Path(
            self.transport_options.get("inflight_folder", f"{self.data_folder_in}.inflight")
        )

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        """Write a message whole and on disk before anybody can see it."""
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        write_whole(self.outgoing / name, dumps(payload).encode())

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """Take the oldest message of a queue; a file that is no message is set aside."""
        for name in queued(self.incoming, queue):
            taken = self.inflight / f"{owner()}@{name}"
            try:
                (self.incoming / name).rename(taken)
            except FileNotFoundError:  # another worker was quicker
                continue
            try:
                payload = loads(taken.read_bytes().decode())
                tag = payload.get("properties", {}).get("delivery_tag")
            except (ValueError, AttributeError):
                log.error("set aside %s, which is no message", name)
                taken.rename(self.inflight / f"broken@{name}")
                continue
            if tag is None or is_passing(queue):
                taken.unlink()
            else:
                self._held[tag] = taken
            return payload
        raise Empty

    def _release(self, tag: str) -> None:
        held = self._held.pop(tag, None)
        if held is not None:
            held.unlink(missing_ok=True)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        super().basic_ack(delivery_tag, multiple)
        self._release(delivery_tag)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().basic_reject(delivery_tag, requeue=requeue)
        self._release(delivery_tag)

    def _restore(self, message: Any) -> None:
        super()._restore(message)
        self._release(message.delivery_tag)

    def _purge(self, queue: str) -> int:
        count = 0
        for name in queued(self.incoming, queue):
            (self.incoming / name).unlink(missing_ok=True)
            count += 1
        return count

    def _size(self, queue: str) -> int:
        return len(queued(self.incoming, queue))

    def _table_file(self, exchange: str) -> Path:
        path: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]
        return path

    def get_table(self, exchange: str) -> list[Any]:
        """Who listens to an exchange."""
        try:
            rows = loads(self._table_file(exchange).read_text())
        except FileNotFoundError:
            return []
        return [filesystem.exchange_queue_t(*row) for row in rows]

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str | None
    ) -> None:
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        if row not in self.get_table(exchange):
            self._change_table(exchange, lambda rows: [row, *(r for r in rows if r != row)])

    def _delete(
        self,
        queue: str,
        exchange: str = "",
        routing_key: str = "",
        pattern: str = "",
        *args: Any,
        **kwargs: Any,
    ) -> None:
        self._purge(queue)
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        if row in self.get_table(exchange):
            self._change_table(exchange, lambda rows: [r for r in rows if r != row])

    def _change_table(self, exchange: str, change: Callable[[list[Any]], list[Any]]) -> None:
        """Change a table whole, one writer at a time."""
        path = self._table_file(exchange)
        with locked(self.control_folder / ".lock"):
            write_whole(path, dumps(change(self.get_table(exchange))).encode())


class Transport(filesystem.Transport):
    """Registered in TRANSPORT_ALIASES as "folder"."""

    Channel = Channel

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        # Bindings live in the control folder; what one connection declared is no proof of a file.
        self.state = BrokerState()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it, and that it outlives a power cut."""
    temporary = path.with_name(f".{uuid.uuid4()}.tmp")
    with temporary.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.rename(path)


def queued(folder: Path, queue: str) -> list[str]:
    """Names of a queue's messages, oldest first."""
    ending = f".{queue}.msg"
    return sorted(
        name
        for name in os.listdir(folder)
        if not name.startswith(".") and name.endswith(ending) and _queue_of(name) == queue
    )


def is_passing(queue: str) -> bool:
    """Whether a queue carries talk between workers, not work."""
    return any(mark in queue for mark in _PASSING)


def owner() -> str:
    """This process, told apart from an earlier one that had the same number."""
    return _identity(os.getpid())


def restore(queue_folder: Path, inflight_folder: Path, *, now: float) -> int:
    """Put back what dead workers held, and drop stale worker talk; the number put back.

    Call it when a worker starts. `now` is a Unix time. What a living process holds stays.
    """
    count = 0
    for folder in (queue_folder, inflight_folder):
        folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(inflight_folder.iterdir()):
        holder, at, name = path.name.partition("@")
        if at and holder != "broken" and not _lives(holder):
            path.rename(queue_folder / name)
            count += 1
    _drop_stale(queue_folder, now)
    return count


def _drop_stale(queue_folder: Path, now: float) -> None:
    for path in queue_folder.iterdir():
        passing = path.suffix == ".tmp" or is_passing(_queue_of(path.name))
        try:
            if passing and path.stat().st_mtime < now - PASSING_SECONDS:
                path.unlink()
        except FileNotFoundError:  # its reader was quicker
            continue


def _queue_of(name: str) -> str:
    return name.partition(".")[2].removesuffix(".msg")


def _identity(pid: int) -> str:
    """ "<pid>-<start time>"; without a /proc, the number alone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return f"{pid}-0"
    return f"{pid}-{fields[19]}"


def _lives(holder: str) -> bool:
    pid = holder.partition("-")[0]
    if not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, under another account
        return True
    return _identity(int(pid)) == holder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file against other processes."""
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
