"""Whether this installation can do its work: one check a function, each with its remedy."""

import os
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from jobs.queries import worker_seen_at
from kit.pdf import missing_fonts

WORKER_SILENT_AFTER = timedelta(seconds=90)
LITTLE_SPACE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """The answer of one check; `remedy` says what to do where it is not well."""

    name: str
    well: bool
    fact: str
    remedy: str = ""


def check_database(at: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding("database", True, connection.vendor)


def check_migrations(at: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding(
        "migrations",
        not waiting,
        _("%(count)s waiting") % {"count": len(waiting)},
        _("Run: manage.py migrate"),
    )


def check_broker(at: datetime) -> Finding:
    with current_app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, timeout=2)
    return Finding("broker", True, str(settings.CELERY_BROKER_URL).partition("://")[0])


def check_worker(at: datetime) -> Finding:
    seen = worker_seen_at()
    well = seen is not None and at - seen < WORKER_SILENT_AFTER
    return Finding(
        "worker",
        well,
        seen.isoformat() if seen else _("never seen"),
        _("Start a worker (celery -A lms worker) and beat (celery -A lms beat), or bin/serve."),
    )


def check_storage(at: datetime) -> Finding:
    folder = settings.DATA_DIR / "private"
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{uuid.uuid4().hex}"
    probe.write_bytes(b"ok")
    probe.unlink()
    free = shutil.disk_usage(folder).free
    return Finding(
        "storage",
        free > LITTLE_SPACE,
        _("%(size)s MB free") % {"size": free // 1024 // 1024},
        _("Make room on the disk that holds %(folder)s.") % {"folder": settings.DATA_DIR},
    )


def check_fonts(at: datetime) -> Finding:
    missing = missing_fonts()
    return Finding(
        "fonts",
        not missing,
        ", ".join(missing) or _("all there"),
        _("Run: apt-get install fonts-noto-cjk libharfbuzz-subset0"),
    )


def check_keys(at: datetime) -> Finding:
    path = settings.DATA_DIR / "keys.json"
    mode = os.stat(path).st_mode & 0o777 if path.exists() else 0o600
    return Finding(
        "keys",
        mode == 0o600,
        oct(mode),
        _("The key file must be readable by its owner alone: chmod 600 %(path)s") % {"path": path},
    )


READY: dict[str, Callable[[datetime], Finding]] = {
    "database": check_database,
    "migrations": check_migrations,
    "broker": check_broker,
    "worker": check_worker,
    "storage": check_storage,
    "fonts": check_fonts,
}
REMEDIES = {
    "database": lambda: _("Is the database running, and DATABASE_URL right?"),
    "broker": lambda: _("Is the broker running, and CELERY_BROKER_URL right?"),
    "storage": lambda: _("The data folder must be writable by this account."),
}


def look(checks: dict[str, Callable[[datetime], Finding]], at: datetime) -> list[Finding]:
    """Run checks one by one; a check that raises is a finding, not a crash."""
    return [_look_once(name, check, at) for name, check in checks.items()]


def _look_once(name: str, check: Callable[[datetime], Finding], at: datetime) -> Finding:
    try:
        return check(at)
    except Exception as error:  # whatever the database, broker or disk raises is the finding
        remedy: Any = REMEDIES.get(name, lambda: "")
        return Finding(name, False, f"{type(error).__name__}: {error}", remedy())
