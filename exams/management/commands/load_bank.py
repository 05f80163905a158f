"""manage.py load_bank FILE: bring a question bank in, or up to date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exams.formats.bank_jsonl import BankFileError, read_bank, read_topics
from exams.services import ExamError
from exams.services.bank_import import import_bank


class Command(BaseCommand):
    help = "Load a question bank (JSON lines). Loading it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--tree", type=Path, help="course tree that names the topics; beside FILE if there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        tree: Path = options["tree"] or path.with_name("course_tree.json")
        try:
            topics = read_topics(tree) if options["tree"] or tree.exists() else {}
            lines = list(read_bank(path))
            done = import_bank(lines=lines, topics=topics, by=None, at=timezone.now())
        except (BankFileError, ExamError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.questions} questions: {done.published} published, {done.unchanged} unchanged"
        )
