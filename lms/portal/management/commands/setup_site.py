"""What every installation needs once: roles and their rights. Safe to run at every start."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.models import Task, Workflow


class Command(BaseCommand):
    help = "Create or refresh what every installation needs, real or demo."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("sync_roles", verbosity=0)
        name_workflow()


def name_workflow() -> None:
    """Wagtail's first migration leaves one workflow with an English name; editors read it."""
    for model in (Workflow, Task):
        model.objects.filter(name="Moderators approval").update(name="内容审核")
