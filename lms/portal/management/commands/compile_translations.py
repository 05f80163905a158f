"""Compile every catalogue in pure Python, so a fresh machine needs no gettext package."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile locale/<app>/<language>/LC_MESSAGES/django.po where it is newer than its .mo."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for source in sorted(Path(settings.BASE_DIR / "locale").rglob("django.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))
                count += 1
        self.stdout.write(f"{count} catalogue(s) compiled")
