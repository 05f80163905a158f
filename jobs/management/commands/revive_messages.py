"""Try again what was given up."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.choices import MessageState
from jobs.models import OutboxMessage
from jobs.services import revive


class Command(BaseCommand):
    help = "List background messages that were given up; with --go, give them a fresh set of tries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--task", default="", help="only messages of this task")
        parser.add_argument("--go", action="store_true", help="try them again now")

    def handle(self, *args: Any, **options: Any) -> None:
        dead = OutboxMessage.objects.filter(state=MessageState.DEAD)
        if options["task"]:
            dead = dead.filter(task=options["task"])
        for message in dead:
            self.stdout.write(f"{message.pk}\t{message.task}\t{message.args}\t{message.error}")
        if options["go"]:
            self.stdout.write(f"revived: {revive(at=timezone.now(), task=options['task'])}")
