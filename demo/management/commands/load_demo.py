"""Load the demo: real rows made by the same services that people use."""

import importlib
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

# In the order of the floors: each loader stands on those before it.
LOADERS = (
    "people", "courses", "exams", "assessment", "training", "certificates", "subsidies",
    "evaluations",
)  # fmt: skip


class Command(BaseCommand):
    help = "Load the demo data. Dates are relative to now; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        for name in LOADERS:
            self.stdout.write(f"{name} …")
            importlib.import_module(f"demo.loaders.{name}").load(at)
