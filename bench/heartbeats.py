"""Heartbeats: at saturation, and 200 learners of one class beating every 15 seconds."""

import socket
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from bench.autosave import TOKEN, serve
from bench.client import Caller, load
from learning.models import CourseGrant, LedgerEntry, LessonProgress, StudyEvent
from learning.services import start_study
from people.models import User
from tests.factories.courses import lesson_of
from tests.factories.training import ready_class
from training.models import Enrolment

LEARNERS = 200
SECONDS = 45
EVERY = 15.0
SATURATION_SECONDS = 10
BUDGET_MS = 100


def learners() -> list[tuple[int, str]]:
    """A class that waits for its exam, everybody with a lesson open: (study session, sign-in)."""
    now = timezone.now()
    made: Any = ready_class()
    made.sitting.closes_at = now + timedelta(days=1)
    made.sitting.save()
    course = made.programme.courses.get()
    lesson = lesson_of(course, planned_seconds=2700)
    with transaction.atomic():
        people = User.objects.bulk_create(
            User(number=f"H{number:05d}", name=f"学员{number}", password="!")  # noqa: S106
            for number in range(LEARNERS)
        )
        Enrolment.objects.bulk_create(
            Enrolment(training_class=made, person=person, list_price_fen=0, enrolled_at=now)
            for person in people
        )
        CourseGrant.objects.bulk_create(
            CourseGrant(person=person, course=course, source="bench", granted_at=now)
            for person in people
        )
        return [
            (start_study(person=person, lesson=lesson, at=now).pk, signed_in(person))
            for person in people
        ]


def signed_in(person: User) -> str:
    """The key of a sign-in session."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def requests_of(study: int, session: str, port: int, start: int) -> Callable[[int], bytes]:
    """The n-th beat of a learner as bytes; its seq grows over all runs."""

    def request(number: int) -> bytes:
        body = f"event=beat&seq={start + number}&idle=3&kind=reading".encode()
        head = (
            f"POST /learn/sessions/{study}/beat/ HTTP/1.1\r\nHost: localhost:{port}\r\n"
            f"User-Agent: Mozilla/5.0 (Windows NT 10.0) Chrome/120.0\r\n"
            f"Cookie: sessionid={session}; csrftoken={TOKEN}; study_device={TOKEN}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return request


def faults_of(*, errors: int, p95_ms: float, sums: Sequence[int | None]) -> list[str]:
    """What the run missed, in words; empty when it kept all of its promises."""
    missed = []
    if errors:
        missed.append(f"{errors} errors")
    if not p95_ms < BUDGET_MS:
        missed.append(f"p95 {p95_ms:.0f} ms, budget below {BUDGET_MS} ms")
    if not sums[0] or len(set(sums)) > 1:
        missed.append(f"credited seconds differ or are none: {', '.join(map(str, sums))}")
    return missed


def run() -> None:
    """Print both loads and the books; RuntimeError when an error, a late p95 or a difference.

    The p95 is judged where learners beat as they do; at saturation only errors are.
    """
    people = learners()
    errors, paced = 0, 0.0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = serve(port)
    try:
        for name, pause, start, seconds in (
            ("200 learners, a beat every 15 s", EVERY, 0, SECONDS),
            ("saturation", 0.0, 1_000_000, SATURATION_SECONDS),
        ):
            callers = [
                Caller(requests_of(study, session, port, start), index * pause / LEARNERS)
                for index, (study, session) in enumerate(people)
            ]
            seen = load(callers, port=port, seconds=seconds, pause=pause)
            errors += seen.faults
            paced = seen.percentile(0.95) if pause else paced
            sys.stdout.write(
                f"{name}: {len(seen.latencies) / seconds:.1f} beats/s, p50 "
                f"{seen.percentile(0.5):.0f} ms, p95 {seen.percentile(0.95):.0f} ms, "
                f"{seen.faults} errors\n"
            )
    finally:
        process.terminate()
        process.wait(20)
    sums = credited()
    sys.stdout.write(
        f"credited seconds by events, ledger and progress: {', '.join(map(str, sums))}\n"
    )
    if missed := faults_of(errors=errors, p95_ms=paced, sums=sums):
        raise RuntimeError(f"heartbeats: {'; '.join(missed)}")


def credited() -> list[int | None]:
    """What was credited, three times over: the figures must be one."""
    return [
        model.objects.aggregate(total=Sum(field))["total"]
        for model, field in (
            (StudyEvent, "seconds"),
            (LedgerEntry, "seconds"),
            (LessonProgress, "credited_seconds"),
        )
    ]
