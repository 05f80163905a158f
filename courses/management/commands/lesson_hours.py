"""What every lesson plans and what it is made of: `manage.py lesson_hours [--json]`."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courses.queries import LessonHours, lesson_hours, seconds_by_post
from kit.hours import class_hours_text


class Command(BaseCommand):
    help = "Report characters, parts and planned seconds of all lessons, and the hours by post."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        lessons = lesson_hours()
        posts = seconds_by_post(lessons)
        if options["json"]:
            report = {"lessons": [_row(each) for each in lessons], "seconds_by_post": posts}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        for each in lessons:
            parts = "  ".join(f"{part.name} {part.seconds}" for part in each.parts)
            self.stdout.write(
                f"{each.slug:28} {each.parts[0].amount:5} characters  {parts}  "
                f"= {each.honest_seconds} s, planned {each.planned_seconds} s"
            )
        for post, seconds in sorted(posts.items(), key=lambda item: -item[1]):
            self.stdout.write(f"{post}: {class_hours_text(seconds)} class hours")


def _row(each: LessonHours) -> dict[str, Any]:
    return {
        "lesson": each.slug,
        "posts": each.posts,
        "characters": each.parts[0].amount,
        "parts": [asdict(part) for part in each.parts],
        "honest_seconds": each.honest_seconds,
        "planned_seconds": each.planned_seconds,
    }
