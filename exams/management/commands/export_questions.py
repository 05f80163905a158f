"""manage.py export_questions --format gift|moodle-xml|aiken --bank SLUG [--output FILE]."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from exams.choices import QuestionPool
from exams.formats.registry import FORMATS
from exams.services import ExamError
from exams.services.question_export import export_questions
from exams.services.question_report import fault_rows


class Command(BaseCommand):
    help = "Write the questions of a bank as a file; what the format cannot say is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--bank", required=True, help="slug of the topic")
        parser.add_argument("--pool", choices=QuestionPool.values, default=QuestionPool.EXAM.value)
        parser.add_argument("--output", type=Path, help="default: print it")
        parser.add_argument("--json", action="store_true", help="print counts and errors as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = export_questions(
                bank=options["bank"], format_name=options["format"], pool=options["pool"],
                by=None, at=timezone.now(),
            )  # fmt: skip
            if options["output"]:
                options["output"].write_text(done.text, encoding="utf-8", newline="\n")
        except (ExamError, OSError) as error:
            raise CommandError(str(error)) from error
        errors = fault_rows(done.errors)
        for row in errors:
            self.stderr.write(f"{row['item']}\t{row['reason']}")
        if not options["output"]:
            self.stdout.write(done.text, ending="")
        elif options["json"]:
            told = {"questions": done.count, "errors": errors}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_("%(count)s questions written.") % {"count": done.count})
