"""Bringing practical tasks in from a file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from exams.choices import Audience
from exams.formats.tasks_json import ReadTask
from exams.models import PracticalTaskVersion
from exams.services.practical_tasks import DataFile, publish_task


def import_tasks(
    *, tasks: Iterable[ReadTask], at: datetime, by: Any = None
) -> list[PracticalTaskVersion]:
    """Publish every task; those that did not change keep their version."""
    return [
        publish_task(
            code=task.code, content=task.content, at=at, by=by,
            files=[
                DataFile(name, data, Audience.GRADER if graders else Audience.TRAINEE)
                for name, data, graders in task.files
            ],
        )
        for task in tasks
    ]  # fmt: skip
