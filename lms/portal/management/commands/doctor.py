"""Names the common faults of an installation, each with its remedy."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from lms.operations import doctor
from lms.operations.health import look


class Command(BaseCommand):
    help = "Look for common faults and say what to do about each (exit code 1 when there is one)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        with translation.override(language):
            findings = look(doctor.CHECKS, timezone.now())
            for finding in findings:
                mark = "✓" if finding.well else "✗"
                self.stdout.write(f"{mark} {doctor.label(finding.name)}: {finding.fact}")
                if not finding.well and finding.remedy:
                    self.stdout.write(f"    → {finding.remedy}")
        if not all(finding.well for finding in findings):
            raise SystemExit(1)
