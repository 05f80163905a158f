"""Autosaves: at saturation, and with 100 candidates saving every four seconds."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from bench.client import Caller, load
from tests.factories.exams import AttemptFactory

CANDIDATES = 100
TOKEN = "b" * 32
SECONDS = 10
ROOT = Path(__file__).resolve().parent.parent


def signed_in() -> tuple[int, str]:
    """An open attempt and the session of its candidate."""
    now = timezone.now()
    attempt: Any = AttemptFactory(
        types=["single"] * 5, started_at=now, deadline=now + timedelta(hours=2)
    )
    store = SessionStore()
    store[SESSION_KEY] = str(attempt.candidate.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = attempt.candidate.get_session_auth_hash()
    store.save()
    return attempt.pk, str(store.session_key)


def requests_of(attempt: int, session: str, port: int, start: int) -> Callable[[int], bytes]:
    """The n-th save of a candidate as bytes; its seq grows over all runs."""

    def request(number: int) -> bytes:
        item = {"position": number % 5 + 1, "seq": start + number, "value": number % 4}
        body = json.dumps({"items": [item]}).encode()
        head = (
            f"POST /exam/attempts/{attempt}/responses/ HTTP/1.1\r\nHost: localhost:{port}\r\n"
            f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return request


def serve(port: int) -> "subprocess.Popen[bytes]":
    command = [
        str(Path(sys.executable).parent / "granian"), "lms.wsgi:application", "--interface", "wsgi",
        "--port", str(port), "--workers", "2", "--blocking-threads", "1", "--no-ws",
        "--log-level", "error", "--backlog", "1024",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))  # noqa: S603
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=2)
            return process
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the server did not start")


def run() -> None:
    people = [signed_in() for _ in range(CANDIDATES)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = serve(port)
    try:
        for name, pause, start in (("saturation", 0.0, 0), ("25 a second", 4.0, 1_000_000)):
            callers = [
                Caller(requests_of(attempt, session, port, start), index * pause / CANDIDATES)
                for index, (attempt, session) in enumerate(people)
            ]
            seen = load(callers, port=port, seconds=SECONDS, pause=pause)
            sys.stdout.write(
                f"{name}: {len(seen.latencies) / SECONDS:.0f} saves/s, p50 "
                f"{seen.percentile(0.5):.0f} ms, p95 {seen.percentile(0.95):.0f} ms, "
                f"{seen.faults} not acknowledged\n"
            )
    finally:
        process.terminate()
        process.wait(20)
