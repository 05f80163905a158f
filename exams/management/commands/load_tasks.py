"""manage.py load_tasks FILE: publish practical tasks with their data files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exams.formats.tasks_json import TaskFileError, read_tasks
from exams.services.errors import ExamError
from exams.services.task_import import import_tasks


class Command(BaseCommand):
    help = "Publish practical tasks (JSON, data files in folders beside it). Twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            versions = import_tasks(tasks=read_tasks(options["file"]), at=timezone.now())
        except (TaskFileError, ExamError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(versions)} tasks")
