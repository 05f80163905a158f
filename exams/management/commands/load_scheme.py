"""manage.py load_scheme [FILE]: publish an assessment scheme; without a file the default one."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exams.services.errors import ExamError
from exams.services.schemes import DEFAULT, publish_scheme


class Command(BaseCommand):
    help = "Publish an assessment scheme (JSON with code, title and the figures). Twice is once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        data: dict[str, Any] = {"code": "STANDARD", "title": "40/40/20", **DEFAULT}
        try:
            if options["file"]:
                data = json.loads(options["file"].read_text(encoding="utf-8"))
            scheme = publish_scheme(
                code=data["code"], title=data["title"], data=data, at=timezone.now()
            )
        except (OSError, ValueError, KeyError, TypeError, ExamError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self.stdout.write(str(scheme))
