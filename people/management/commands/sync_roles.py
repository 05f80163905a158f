"""Give the roles their permissions in the Wagtail admin."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from people import services


class Command(BaseCommand):
    help = "Make the groups of all roles and set what each may do in the Wagtail admin."

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.sync_roles()
        self.stdout.write(_("Roles are set up: %(count)s permissions.") % {"count": count})
