"""What `manage.py doctor` looks at, beyond what /readyz asks."""

import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from lms.operations.health import READY, Finding, check_keys

OLDEST_SAFE_SQLITE = (3, 51, 3)


def check_python(at: datetime) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", sys.version_info >= (3, 11), version, _("Use Python 3.11 or newer."))


def check_sqlite(at: datetime) -> Finding:
    if not settings.IS_SQLITE:
        return Finding("sqlite", True, _("not in use"))
    module = sys.modules.get("sqlite3", sqlite3)
    version = tuple(int(part) for part in module.sqlite_version.split("."))
    return Finding(
        "sqlite",
        version >= OLDEST_SAFE_SQLITE,
        module.sqlite_version,
        _("This SQLite can damage its file in a rare race; run bin/setup to install pysqlite3."),
    )


def check_public_url(at: datetime) -> Finding:
    local = "localhost" in settings.PUBLIC_URL or "127.0.0.1" in settings.PUBLIC_URL
    return Finding(
        "public_url",
        not local,
        settings.PUBLIC_URL,
        _("QR codes carry this address; set LMS_PUBLIC_URL to one that phones can reach."),
    )


def check_https(at: datetime) -> Finding:
    return Finding(
        "https",
        settings.HTTPS,
        settings.PUBLIC_URL.partition(":")[0],
        _(
            "Without https, camera, encrypted backup and passkeys are off. Put a certificate on a "
            "reverse proxy and set LMS_PUBLIC_URL to its https:// address."
        ),
    )


def check_demo_passwords(at: datetime) -> Finding:
    if not settings.DEMO:
        return Finding("demo", True, _("not a demo"))
    return Finding(
        "demo",
        not settings.PRODUCTION,
        _("demo data and demo passwords"),
        _("Never use this data folder in production; start with bin/serve --empty --data DIR."),
    )


def check_administrator(at: datetime) -> Finding:
    administrators = get_user_model().objects.filter(groups__name="administrator", is_active=True)
    return Finding(
        "administrator",
        administrators.exists(),
        str(administrators.count()),
        _("Run: manage.py create_administrator_link"),
    )


CHECKS: dict[str, Callable[[datetime], Finding]] = {
    "python": check_python,
    "sqlite": check_sqlite,
    **READY,
    "keys": check_keys,
    "public_url": check_public_url,
    "https": check_https,
    "demo": check_demo_passwords,
    "administrator": check_administrator,
}


def label(name: str) -> str:
    """The check's name for people."""
    labels = {
        "python": _("Python"),
        "sqlite": _("SQLite"),
        "database": _("database"),
        "migrations": _("database migrations"),
        "broker": _("message broker"),
        "worker": _("background worker"),
        "storage": _("storage"),
        "fonts": _("fonts"),
        "keys": _("key file"),
        "public_url": _("public address"),
        "https": _("https"),
        "demo": _("demo data"),
        "administrator": _("administrators"),
    }
    return labels[name]
