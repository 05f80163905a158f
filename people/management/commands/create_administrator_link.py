"""The way into an empty installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from kit.refusing import Refused
from people import services


class Command(BaseCommand):
    help = "Print a one-time link that makes the first administrator; it is good for 24 hours."

    def handle(self, *args: Any, **options: Any) -> None:
        services.sync_roles()
        try:
            token = services.create_setup_link(at=timezone.now())
        except Refused as error:
            raise CommandError(error.message) from error
        path = reverse("people:setup", kwargs={"token": token})
        self.stdout.write(f"{settings.PUBLIC_URL}{path}")
