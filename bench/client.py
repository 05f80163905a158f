"""A small keep-alive HTTP client, light enough to share two cores with the server it loads."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What one load run saw; latencies in milliseconds."""

    latencies: list[float] = field(default_factory=list)
    faults: int = 0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass(frozen=True)
class Caller:
    """One candidate: the bytes of each of its requests."""

    request: Callable[[int], bytes]
    offset: float = 0.0


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def _call(
    caller: Caller, port: int, until: float, pause: float, tally: Tally, wanted: int
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(caller.offset)
    number = 0
    while time.perf_counter() < until:
        number += 1
        begun = time.perf_counter()
        writer.write(caller.request(number))
        status = await _read_answer(reader)
        tally.latencies.append((time.perf_counter() - begun) * 1000)
        tally.faults += status != wanted
        if pause:
            await asyncio.sleep(max(0.0, pause - (time.perf_counter() - begun)))
    writer.close()


async def _load(callers: list[Caller], port: int, seconds: float, pause: float) -> Tally:
    tally = Tally()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_call(c, port, until, pause, tally, 200) for c in callers))
    return tally


def load(callers: list[Caller], *, port: int, seconds: float, pause: float = 0.0) -> Tally:
    """Run every caller in a loop for `seconds`; `pause` is the time from one call to the next."""
    return asyncio.run(_load(callers, port, seconds, pause))
