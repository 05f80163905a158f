"""Load a course tree: `manage.py load_courses demo/course_tree.json`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.services import load_tree
from kit.refusing import Refused


class Command(BaseCommand):
    help = "Publish courses, modules and lessons from a course tree. Loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="course tree as JSON")
        parser.add_argument(
            "--lessons",
            type=Path,
            help="folder of lessons written in full (default: lessons/ beside the file)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        folder: Path = options["lessons"] or file.parent / "lessons"
        try:
            tree = json.loads(file.read_text(encoding="utf-8"))
            lessons = {
                path.stem: json.loads(path.read_text(encoding="utf-8"))
                for path in sorted(folder.glob("*.json"))
            }
            done = load_tree(tree=tree, lessons=lessons, at=timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}") from error
        except ValueError as error:
            raise CommandError(f"{file} or {folder}: not JSON in UTF-8: {error}") from error
        except Refused as error:
            raise CommandError(f"{file}: {error.message}") from error
        self.stdout.write(
            f"{done.courses} courses, {done.modules} modules, {done.lessons} lessons; "
            f"{done.written} pages written"
        )
