"""Load the demo's people."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.loaders import people


class Command(BaseCommand):
    help = "Load the demo's staff, organisations, posts, competencies and trainees."

    def handle(self, *args: Any, **options: Any) -> None:
        people.load(timezone.now())
