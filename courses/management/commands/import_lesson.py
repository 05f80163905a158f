"""A lesson draft from a file: `manage.py import_lesson FILE --module SLUG [--dry-run] [--json]`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.models import ModulePage
from courses.services import Draft, import_lesson, read_draft
from kit.documents.errors import DocumentError
from kit.refusing import Refused


class Command(BaseCommand):
    help = "Make a lesson draft out of a .docx or .pptx file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--module", required=True, help="slug of the module")
        parser.add_argument("--title", default="", help="default: the title in the file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would come")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        module = self._module(options["module"])
        try:
            draft = read_draft(data=options["file"].read_bytes(), name=options["file"].name)
            told = self._run(draft, module, options)
        except (DocumentError, Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) if options["json"]
                          else _in_words(told))  # fmt: skip

    def _module(self, slug: str) -> ModulePage:
        found = list(ModulePage.objects.filter(slug=slug)[:2])
        if len(found) != 1:
            raise CommandError(f"{len(found)} modules are called {slug}; one is needed")
        module: ModulePage = found[0]
        return module

    def _run(self, draft: Draft, module: ModulePage, options: dict[str, Any]) -> dict[str, Any]:
        title = options["title"] or draft.title
        told = _report(draft, title)
        if not options["dry_run"]:
            lesson = import_lesson(
                draft=draft, module=module, title=title, by=None, at=timezone.now()
            )
            told |= {"lesson": lesson.pk, "slug": lesson.slug}
        return told


def _report(draft: Draft, title: str) -> dict[str, Any]:
    kinds = [kind for kind, _value in draft.blocks]
    return {
        "title": title,
        "planned_seconds": draft.planned_seconds,
        "blocks": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "left_out": [{"place": each.place, "what": each.what} for each in draft.left_out],
    }


def _in_words(told: dict[str, Any]) -> str:
    blocks = ", ".join(f"{count} {kind}" for kind, count in told["blocks"].items())
    made = f"draft {told['slug']} made" if "slug" in told else "nothing written"
    lines = [f"{told['title']}: {blocks}; {told['planned_seconds']} planned seconds; {made}"]
    lines += [f"left out: {each['place']}: {each['what']}" for each in told["left_out"]]
    return "\n".join(lines)
