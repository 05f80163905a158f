"""Look through older days as well."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.services import find_anomalies


class Command(BaseCommand):
    help = "Find what should be looked at in the record of study, on whole days from --since on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, help="first day, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        found = find_anomalies(at=timezone.now(), since=options["since"])
        self.stdout.write(f"{found} new finding(s)")
