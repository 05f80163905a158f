"""Starting an attempt: one paper per person, whatever the number of clicks."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.models import Admission, Attempt, Exam, PaperItem, Question
from exams.rules.deadline import attempt_deadline, may_start
from exams.rules.drawing import Candidate, draw_paper, read_blueprint
from exams.rules.errors import RuleError
from exams.rules.question_types import RULES
from exams.services.errors import ExamError, from_rule


def start_attempt(*, admission_id: int, person: Any, at: datetime) -> Attempt:
    """The person's one attempt: started now, or the one already begun.

    Fifty starts at once leave one attempt: the admission row is locked, and a constraint
    stands behind the lock.
    """
    with transaction.atomic():
        admission = _locked_admission(admission_id, person)
        begun = admission.attempts.first()
        if begun is not None:
            return begun
        opens_at, closes_at = admission.window
        if not may_start(opens_at=opens_at, closes_at=closes_at, at=at):
            raise ExamError(
                "closed",
                _("The exam has not begun yet.") if at < opens_at else _("The exam is over."),
            )
        return _begin(admission, closes_at, at)


def _locked_admission(admission_id: int, person: Any) -> Admission:
    admission = (
        Admission.objects.select_for_update(of=("self",))
        .select_related("sitting__exam")
        .visible_to(person)
        .filter(pk=admission_id)
        .first()
    )
    if admission is None:
        raise ExamError("not_found", _("There is no such admission."))
    if admission.withdrawn_at is not None:
        raise ExamError("withdrawn", _("The admission has been withdrawn."))
    return admission


def _begin(admission: Admission, closes_at: datetime, at: datetime) -> Attempt:
    exam = admission.sitting.exam
    attempt = Attempt.objects.create(
        sitting=admission.sitting,
        admission=admission,
        candidate_id=admission.person_id,
        seed=secrets.token_hex(16),
        started_at=at,
        deadline=attempt_deadline(
            started_at=at,
            closes_at=closes_at,
            duration_minutes=exam.duration_minutes,
            extra_minutes=admission.extra_minutes,
        ),
    )
    PaperItem.objects.bulk_create(_paper(exam, attempt))
    record(action="exams.attempt_started", actor=admission.person, obj=attempt, at=at)
    return attempt


def _paper(exam: Exam, attempt: Attempt) -> list[PaperItem]:
    try:
        parts = read_blueprint(exam.blueprint)
        drawn = draw_paper(parts, _pool([part.type for part in parts]), attempt.seed)
    except RuleError as error:
        raise from_rule(error) from error
    return [
        PaperItem(
            attempt=attempt,
            position=item.position,
            version_id=item.version_id,
            max_mark=item.mark,
            option_order=list(item.order),
        )
        for item in drawn
    ]


def _pool(types: list[str]) -> list[Candidate]:
    rows = (
        Question.objects.drawable()
        .filter(live_version__type__in=types)
        .values_list(
            "live_version_id",
            "live_version__type",
            "topic__field",
            "topic__slug",
            "live_version__content",
        )
    )
    return [
        Candidate(version_id, type_, field, topic, RULES[type_].shuffled(content))
        for version_id, type_, field, topic, content in rows
    ]
