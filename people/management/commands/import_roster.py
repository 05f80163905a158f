"""Import a roster file from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.refusing import Refused
from people import services
from people.rules.roster import visible
from people.services.roster.words import remarks_of


class Command(BaseCommand):
    help = "Import people from a roster (.xlsx or .csv): all rows or, with a bad one, none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", default="", help="which sheet, where several hold people")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--skip-bad", action="store_true", help="write the good rows")
        parser.add_argument("--move", action="store_true", help="let people change their unit")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        choices: dict[str, Any] = {
            "name": path.name,
            "at": timezone.now(),
            "sheet": options["sheet"],
            "skip_bad": options["skip_bad"],
            "allow_move": options["move"],
        }
        try:
            with path.open("rb") as file:
                if options["dry_run"]:
                    result = services.check_roster(file=file, **choices)
                else:
                    result = services.import_roster(file=file, by=None, **choices)
        except Refused as error:
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(result)

    def _tell(self, result: services.RosterResult) -> None:
        for remark in remarks_of(result.remarks):
            self.stderr.write(remark)
        for error in result.errors:
            line = [str(error[key]) for key in ("row", "column", "value", "reason", "remedy")]
            self.stderr.write("\t".join(visible(part) for part in line))
        counts = _("%(rows)s rows: %(created)s new, %(updated)s changed, %(rejected)s to be mended")
        self.stdout.write(counts % vars(result))
        if result.rejected and not (result.created or result.updated):
            self.stderr.write(_("Nothing was written. Mend the rows, or use --skip-bad."))
