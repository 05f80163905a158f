"""One process that keeps the children alive: web, worker and beat.

A child that dies is started again after a pause that doubles up to 30 s and falls back once
the child has lived for a minute. SIGINT and SIGTERM stop everything, the web server first, so
that no request is accepted which nobody would work for.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0
STOP_WITHIN = 15.0
PR_SET_PDEATHSIG = 1


def next_pause(pause: float, lived: float) -> float:
    """Seconds to wait before the next start of a child that lived `lived` seconds."""
    return FIRST_PAUSE if lived >= HEALTHY_AFTER else min(pause * 2, LONGEST_PAUSE)


def _die_with_parent() -> None:
    """A supervisor killed with -9 must not leave orphans that hold the port (Linux only)."""
    os.setpgrp()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One command to keep running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE / 2
    due: float = 0.0

    def start(self, now: float) -> None:
        self.started = now
        self.process = subprocess.Popen(self.command, preexec_fn=_die_with_parent)  # noqa: S603

    def tend(self, now: float) -> None:
        """Start it when it is due; notice when it has died."""
        if self.process is None:
            if now >= self.due:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.pause = next_pause(self.pause, now - self.started)
        self.due, self.process = now + self.pause, None
        say(f"{self.name} ended with {code}; starting it again in {self.pause:.1f} s")

    def stop(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


def say(text: str) -> None:
    """A line of the supervisor's own."""
    sys.stderr.write(f"[serve] {text}\n")
    sys.stderr.flush()


@dataclass
class Supervisor:
    """Tends its children until told to stop."""

    children: list[Child]
    stopping: bool = field(default=False)

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        while not self.stopping:
            now = time.monotonic()
            for child in self.children:
                child.tend(now)
            time.sleep(0.2)
        self.stop_all()
        return 0

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def stop_all(self) -> None:
        """Ask each child in turn to end; kill what has not ended in time."""
        say("stopping")
        for child in self.children:
            child.stop(signal.SIGTERM)
        last = time.monotonic() + STOP_WITHIN
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{child.name} did not stop in time")
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()
        say("stopped")
