"""Superuser in need: audited, with an end."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.refusing import Refused
from people import services


class Command(BaseCommand):
    help = "Make an account a superuser with a fresh password, or (--mend) take it back from all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", default="")
        parser.add_argument("--reason", default="")
        parser.add_argument("--mend", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        if options["mend"]:
            count = services.mend_glass(at=at)
            self.stdout.write(_("%(count)s superuser(s) taken back.") % {"count": count})
            return
        try:
            person, password = services.break_glass(
                number=options["number"], reason=options["reason"], at=at
            )
        except Refused as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            _("%(person)s is a superuser until break_glass --mend. Password: %(password)s")
            % {"person": person, "password": password}
        )
