"""`manage.py reindex_lessons`: write the searchable words of every lesson version anew."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.services import reindex_lessons


class Command(BaseCommand):
    help = "Write the searchable words of every lesson version anew; safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reindex_lessons()} lesson versions indexed")
