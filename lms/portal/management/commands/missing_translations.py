"""Say which strings have no Chinese translation, app by app."""

from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.portal.translations import Message, missing


class Command(BaseCommand):
    help = "List strings without a zh_Hans translation; fails when there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("apps", nargs="*", help="only these apps")
        parser.add_argument("--po", action="store_true", help="print as entries to fill in")

    def handle(self, *args: Any, **options: Any) -> None:
        apps = {name for name in settings.HOUSE_APPS if "." not in name}
        lacking = missing(settings.BASE_DIR, apps)
        if options["apps"]:
            lacking = {app: lacking[app] for app in options["apps"] if app in lacking}
        for app, found in lacking.items():
            self.stdout.write(f"# {app}: {len(found)}")
            for message, place in found.items():
                self.stdout.write(entry(message, place) if options["po"] else line(message, place))
        if lacking:
            raise CommandError(f"{sum(map(len, lacking.values()))} string(s) without translation")


def line(message: Message, place: str) -> str:
    """One string and where it stands."""
    return f"{place}: {message.text!r}"


def entry(message: Message, place: str) -> str:
    """One string as an entry of a .po file."""
    fields: dict[str, Any] = {"msgid": message.text, "occurrences": [(place.partition(":")[0], "")]}
    if message.context:
        fields["msgctxt"] = message.context
    if message.plural:
        fields |= {"msgid_plural": message.plural, "msgstr_plural": {0: ""}}
    return str(polib.POEntry(**fields))
