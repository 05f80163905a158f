"""Load the content that ships, without demo people, classes or marks."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from demo.loaders import content


class Command(BaseCommand):
    help = "Load courses, bank, exam, tasks, standard programme and draft policies where missing."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            loaded = content.load(timezone.now())
        self.stdout.write(" ".join(loaded) or "-")
