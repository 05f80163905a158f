"""Exams and sittings: what an officer prepares."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.models import Exam, Question, Sitting
from exams.permissions import runs_exams
from exams.rules.drawing import check_pool, read_blueprint
from exams.rules.errors import RuleError
from exams.services.errors import ExamError, from_rule


@dataclass(frozen=True)
class ExamDraft:
    """What an officer states of an exam."""

    code: str
    title: str
    duration_minutes: int
    blueprint: list[dict[str, Any]]
    instructions: str = ""


def publish_exam(*, draft: ExamDraft, by: Any, at: datetime) -> Exam:
    """Make or change the exam of this code; refused while the bank is too small for it.

    Papers already drawn do not change. `by` None is a command.
    """
    _officer_only(by)
    check_blueprint(draft.blueprint)
    values = {
        "title": draft.title, "duration_minutes": draft.duration_minutes,
        "blueprint": draft.blueprint, "instructions": draft.instructions,
    }  # fmt: skip
    with transaction.atomic():
        exam = Exam.objects.select_for_update().filter(code=draft.code).first()
        if exam and exam.published_at and all(getattr(exam, k) == v for k, v in values.items()):
            return exam
        exam = exam or Exam(code=draft.code)
        for name, value in values.items():
            setattr(exam, name, value)
        exam.published_at = at
        exam.save()
        record(action="exams.exam_published", actor=by, obj=exam, at=at, detail=values)
    return exam


def check_blueprint(blueprint: Any) -> None:
    """Refuse a blueprint that is malformed or asks for more than the bank has."""
    counts = Counter(Question.objects.drawable().values_list("type", flat=True))
    try:
        check_pool(read_blueprint(blueprint), dict(counts))
    except RuleError as error:
        raise from_rule(error) from error


def schedule_sitting(
    *,
    exam: Exam,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Any,
    at: datetime,
    room: str = "",
    context: str = "",
) -> Sitting:
    """Put an exam on the calendar. A context (`training.trainingclass:ID`) names its class.

    `by` None is another floor acting for its own people, or a command.
    """
    if closes_at <= opens_at:
        raise ExamError("window", _("The sitting must close after it opens."))
    with transaction.atomic():
        sitting = Sitting.objects.create(
            exam=exam, title=title, opens_at=opens_at, closes_at=closes_at,
            room=room, context=context,
        )  # fmt: skip
        record(
            action="exams.sitting_scheduled", actor=by, obj=sitting, at=at,
            detail={"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()},
        )  # fmt: skip
    return sitting


def _officer_only(by: Any) -> None:
    if by is not None and not runs_exams(by):
        raise ExamError("forbidden", _("Only exam officers may change exams."))
