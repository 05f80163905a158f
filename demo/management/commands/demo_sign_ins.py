"""The table of demo sign-ins that `bin/serve` prints."""

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo.sign_ins import PASSWORD, ROLE_NAMES


def padded(text: str, width: int) -> str:
    """Pad to a display width in which Han characters take two columns."""
    taken = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(0, width - taken)


class Command(BaseCommand):
    help = "Print one demo sign-in for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("This installation is not a demo."))
        accounts = get_user_model().objects.filter(is_active=True).order_by("pk")
        self.stdout.write(f"  {padded('角色 role', 28)}{padded('账号 number', 14)}姓名 name")
        for role, title in ROLE_NAMES.items():
            for user in accounts.filter(groups__name=role)[:1]:
                name = padded(f"{title} {role}", 28)
                self.stdout.write(f"  {name}{padded(user.number, 14)}{user.name}")
        self.stdout.write(f"\n  口令 password（全部 all）：{PASSWORD}")
