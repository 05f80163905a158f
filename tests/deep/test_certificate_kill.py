"""kill -9 in mid-PDF, and a broker that is down: exactly one certificate and one file."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection, connections
from django.utils import timezone

from audit.models import AuditRow
from certificates import tasks
from certificates.models import Certificate
from certificates.services import clean_orphans, issue_certificate, rendering
from jobs.models import OutboxMessage
from jobs.services import deliver
from kit import storage
from kit.storage import private_storage
from notices.models import Notice
from tests.factories.certificates import APPROVED_AT, make_pass

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def die_while_rendering():
    real = rendering.render_pdf

    def render(*args):
        threading.Timer(0.06, die).start()
        return real(*args)

    rendering.render_pdf = render


def die_after_commit():
    real = tasks.render_certificate.run

    def run(**kwargs):
        real(**kwargs)
        die()

    current_app.tasks["certificates.render_certificate"].run = run


POINTS = {
    "before_render": lambda: setattr(rendering, "what_stops", die),
    "mid_render": die_while_rendering,
    "before_store": lambda: setattr(rendering, "put_once", die),
    "mid_write": lambda: setattr(storage.os, "fsync", die),
    "before_rename": lambda: setattr(storage.Path, "replace", die),
    "after_store": lambda: setattr(rendering, "_make_valid", die),
    "mid_commit": lambda: setattr(rendering, "notify", die),
    "after_commit": die_after_commit,
    "never": lambda: None,
}
LEASE = 61
DEAD_BROKER = "redis://127.0.0.1:1/0"


def database_url():
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = f"{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}"
    return f"postgres://{who}/{given['NAME']}"


@pytest.fixture
def child(tmp_path, settings, own_folder):
    """Runs a process on this test's database, with a data folder of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "LMS_DATA": str(tmp_path),
        "LMS_DEMO": "1",
        "LMS_LOG_LEVEL": "WARNING",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": "folder://",
    }

    def start(*args, **more):
        return subprocess.Popen(
            [sys.executable, "-m", *map(str, args)],
            cwd=Path(settings.BASE_DIR),
            env=environment | more,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    return start


def run(process):
    _out, said = process.communicate(timeout=120)
    return process.returncode, said.decode()


def stored():
    return sorted(p.name for p in Path(private_storage().path(rendering.FOLDER)).glob("*/*"))


def assert_exactly_one():
    clean_orphans(at=timezone.now() + timedelta(seconds=2 * storage.ORPHAN_SECONDS))
    certificate = Certificate.objects.get()
    assert certificate.state == "valid"
    assert stored() == [f"{certificate.file_sha256}.pdf"]
    assert AuditRow.objects.filter(action="certificates.issued").count() == 1
    assert Notice.objects.filter(event="certificates.issued").count() == 1
    assert OutboxMessage.objects.get(task="certificates.render_certificate").state == "done"


def worked(message, later, point="never"):
    """Deliver the message in a process of its own; the signal it died of, or 0."""
    connections.close_all()
    child_id = os.fork()
    if not child_id:
        try:
            POINTS[point]()
            deliver(message_id=message.pk, at=timezone.now() + timedelta(seconds=later))
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child_id, 0)[1])


@pytest.fixture
def message(own_folder):
    issue_certificate(assessment=make_pass(), at=APPROVED_AT)
    return OutboxMessage.objects.get(task="certificates.render_certificate")


@pytest.mark.parametrize("point", [point for point in POINTS if point != "never"])
def test_a_worker_killed_leaves_one_certificate_and_one_file(message, point):
    assert worked(message, 0, point) == -signal.SIGKILL
    assert worked(message, LEASE) == 0
    assert worked(message, 2 * LEASE) == 0

    assert_exactly_one()


def test_killed_again_and_again_it_is_still_one(message):
    for number, point in enumerate(["mid_render", "mid_write", "after_store", "mid_commit"]):
        assert worked(message, number * LEASE, point) == -signal.SIGKILL

    assert worked(message, 4 * LEASE) == 0

    assert_exactly_one()


def test_a_broker_that_is_down_delays_and_loses_nothing(child):
    assessment = make_pass()
    worker = "tests.deep.certificate_worker"

    approved, said = run(child(worker, "approve", assessment.pk, CELERY_BROKER_URL=DEAD_BROKER))
    assert (approved, said.count("broker does not answer")) == (0, 1)
    assert Certificate.objects.get().state == "pending"

    assert run(child(worker, "sweep", 1))[0] == 0
    celery = child("celery", "-A", "lms", "worker", "--pool=solo", "--loglevel=error")
    try:
        end = time.monotonic() + 90
        while time.monotonic() < end and Certificate.objects.get().state != "valid":
            time.sleep(0.2)
        time.sleep(1)
    finally:
        celery.terminate()
        celery.communicate(timeout=30)

    assert_exactly_one()
