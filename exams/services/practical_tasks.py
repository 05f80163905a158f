"""Publishing practical tasks: every content that was ever set stays as a frozen version."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import Audience
from exams.models import PracticalTask, PracticalTaskVersion, TaskFile
from exams.rules.rubric import RubricError, parse_rubric
from exams.services.errors import ExamError
from kit.canonical import digest

FIELDS = (
    "title", "level", "duration_minutes", "scenario", "deliverables",
    "posts", "linked_lessons", "rubric", "model_answer",
)  # fmt: skip


@dataclass(frozen=True)
class DataFile:
    """A data file to publish with a task; graders' files never reach a trainee."""

    name: str
    content: bytes
    audience: str = Audience.TRAINEE

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def publish_task(
    *, code: str, content: dict[str, Any], files: Sequence[DataFile], at: datetime, by: Any = None
) -> PracticalTaskVersion:
    """Freeze a version of a task; content that is already the newest version changes nothing.

    ExamError `rubric` when the rubric cannot be marked.
    """
    try:
        parse_rubric(content["rubric"])
    except RubricError as error:
        raise ExamError("rubric", _("The rubric cannot be used: %s") % error) from error
    fields = {name: content[name] for name in FIELDS}
    fingerprint = digest(
        {**fields, "files": [[file.name, file.audience, file.sha256] for file in files]}
    )
    with transaction.atomic():
        task, _made = PracticalTask.objects.select_for_update().update_or_create(
            code=code, defaults={"title": fields["title"]}
        )
        newest = task.current
        if newest is not None and newest.digest == fingerprint:
            return newest
        version = PracticalTaskVersion.objects.create(
            task=task, number=newest.number + 1 if newest else 1,
            digest=fingerprint, published_at=at, **fields,
        )  # fmt: skip
        for file in files:
            _keep(version, file)
        record(action="exams.task_published", actor=by, obj=version, at=at)
    return version


def _keep(version: PracticalTaskVersion, file: DataFile) -> None:
    row = TaskFile(
        version=version, name=file.name, sha256=file.sha256,
        size=len(file.content), audience=file.audience,
    )  # fmt: skip
    row.file.save(file.name, ContentFile(file.content), save=False)
    row.save()
