"""The completion report of 5 000 people: seconds, peak memory of the writing, queries."""

import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

from people.models import User
from reports.queries.scope import Scope
from reports.services import write_report
from tests.factories.training import TrainingClassFactory
from training.models import Enrolment

PEOPLE = 5000
AT = datetime(2026, 3, 20, tzinfo=UTC)


def prepare() -> None:
    """5 000 people in one class, as plain rows."""
    training_class: Any = TrainingClassFactory()
    people = User.objects.bulk_create(
        User(number=f"B{number:05d}", name=f"学员{number}", password="!")  # noqa: S106
        for number in range(PEOPLE)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            training_class=training_class, person=person, list_price_fen=0, enrolled_at=AT,
            state="passed", completed_at=AT,
        )
        for person in people
    )  # fmt: skip


def measure(name: str, folder: str) -> None:
    alias = connections["snapshot"]
    started = time.perf_counter()
    with CaptureQueriesContext(alias) as queries:
        rows = write_report(
            kind="completion", path=Path(folder) / name, scope=Scope(2026), at=AT, by="bench"
        )
    seconds = time.perf_counter() - started
    tracemalloc.start()
    write_report(
        kind="completion", path=Path(folder) / f"m-{name}", scope=Scope(2026), at=AT, by="bench"
    )
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    sys.stdout.write(
        f"{name}: {rows} rows, {seconds:.2f} s, peak {peak:.1f} MiB, {len(queries)} queries\n"
    )


def run() -> None:
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("completion.xlsx", "completion.csv"):
            measure(name, folder)
