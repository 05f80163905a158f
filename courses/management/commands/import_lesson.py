"""A lesson draft from a file: `manage.py import_lesson FILE --module SLUG [--dry-run] [--json]`."""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.choices import Licence
from courses.models import ModulePage
from courses.services import Draft, Rights, import_lesson, read_draft
from kit.documents.errors import DocumentError
from kit.documents.parts import LeftOut
from kit.refusing import Refused


class Command(BaseCommand):
    help = "Make a lesson draft out of a .docx or .pptx file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--module", required=True, help="slug of the module")
        parser.add_argument("--title", default="", help="default: the title in the file")
        parser.add_argument("--by", default="", help="account that answers for the draft")
        parser.add_argument("--source", default="", help="where the pictures come from")
        parser.add_argument("--licence", choices=Licence.values, help="why they may be used")
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
        if options["dry_run"]:
            return _report(draft, title, draft.left_out)
        rights = Rights(options["source"], options["licence"]) if options["licence"] else None
        made = import_lesson(
            draft=draft, module=module, title=title, by=self._person(options["by"]),
            at=timezone.now(), rights=rights,
        )  # fmt: skip
        told = _report(draft, title, made.left_out)
        return told | {"lesson": made.lesson.pk, "slug": made.lesson.slug}

    def _person(self, name: str) -> Any:
        accounts = get_user_model()
        if not name:
            return None
        try:
            return accounts.objects.get(**{accounts.USERNAME_FIELD: name})
        except accounts.DoesNotExist as error:
            raise CommandError(f"no account is called {name}") from error


def _report(draft: Draft, title: str, left_out: tuple[LeftOut, ...]) -> dict[str, Any]:
    kinds = [kind for kind, _value in draft.blocks]
    return {
        "title": title,
        "planned_seconds": draft.planned_seconds,
        "blocks": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "left_out": [{"place": each.place, "what": each.what} for each in left_out],
    }


def _in_words(told: dict[str, Any]) -> str:
    blocks = ", ".join(f"{count} {kind}" for kind, count in told["blocks"].items())
    made = f"draft {told['slug']} made" if "slug" in told else "nothing written"
    lines = [f"{told['title']}: {blocks}; {told['planned_seconds']} planned seconds; {made}"]
    lines += [f"left out: {each['place']}: {each['what']}" for each in told["left_out"]]
    return "\n".join(lines)
