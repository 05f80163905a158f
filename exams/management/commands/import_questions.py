"""manage.py import_questions FILE --format gift|moodle-xml|aiken --bank SLUG."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from exams.choices import QuestionPool
from exams.formats.encoding import MAX_BYTES
from exams.formats.numbers import read_decimal
from exams.formats.registry import FORMATS
from exams.services import ExamError
from exams.services.question_import import QuestionImport, Wishes, import_questions
from exams.services.question_report import report


class Command(BaseCommand):
    help = "Import questions as drafts: all of the file or, with one fault in it, none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--bank", default="", help="slug of the topic the questions are for")
        parser.add_argument("--pool", choices=QuestionPool.values, default=QuestionPool.EXAM.value)
        parser.add_argument("--mark", type=_mark, default=Decimal(1), help="where the file is mute")
        parser.add_argument("--partial", action="store_true", help="import what can be imported")
        parser.add_argument("--publish", action="store_true", help="publish them at once")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        format_ = FORMATS[options["format"]]
        if not options["bank"] and not options["dry_run"]:
            raise CommandError(_("Say which bank the questions are for: --bank SLUG."))
        wishes = Wishes(
            bank=options["bank"] or "dry-run", pool=options["pool"], mark=options["mark"],
            partial=options["partial"], publish=options["publish"], dry_run=options["dry_run"],
        )  # fmt: skip
        try:
            outcome = format_.read(_bytes(options["file"]))
            done = import_questions(outcome=outcome, wishes=wishes, by=None, at=timezone.now())
        except (ExamError, OSError) as error:
            raise CommandError(str(error)) from error
        told = report(done, format_)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self._tell(told, done)
        if not done.written and not options["dry_run"]:
            raise CommandError(_("Nothing was written. Mend the file, or use --partial."))

    def _tell(self, told: dict[str, Any], done: QuestionImport) -> None:
        for row in told["errors"]:
            self.stderr.write(f"{row['line']}\t{row['item']}\t{row['reason']}")
        for row in told["questions"]:
            for note in row["notes"]:
                self.stderr.write(f"{row['line']}\t{row['name']}\t{note}")
        counts = _(
            "%(read)s questions: %(created)s new, %(changed)s changed, %(unchanged)s unchanged, "
            "%(errors)s errors"
        ) % {
            "read": len(done.questions), "created": done.count("created"),
            "changed": done.count("changed"), "unchanged": done.count("unchanged"),
            "errors": len(done.errors),
        }  # fmt: skip
        self.stdout.write(counts)


def _bytes(path: Path) -> bytes:
    """At most one byte more than is read anyway, however large the file is."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _mark(text: str) -> Decimal:
    return read_decimal(text)
