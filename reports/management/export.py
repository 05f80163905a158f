"""What both export commands share."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kit.refusing import Refused
from reports.queries.scope import Scope
from reports.services import write_report


class ExportCommand(BaseCommand):
    """Writes one report to a file; `kind` names which."""

    kind = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", required=True, type=Path, help="file to write: .xlsx or .csv")
        parser.add_argument(
            "--year", type=int, default=None, help="year of the classes (this year)"
        )
        parser.add_argument("--unit", type=int, default=None, help="id of a unit (all units)")

    def handle(self, *, out: Path, year: int | None, unit: int | None, **options: Any) -> None:
        at = timezone.now()
        scope = Scope(year or timezone.localdate(at).year, unit)
        try:
            rows = write_report(kind=self.kind, path=out, scope=scope, at=at, by="manage.py")
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{out}: {rows} 行 / rows")
