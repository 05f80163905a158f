"""From a computed result to an approved one: submitted by one, approved by another."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import AssessmentState
from exams.models import Assessment
from exams.permissions import approves_results, submits_results
from exams.queries.assessing import gather
from exams.services.assessments import refresh_assessment
from exams.services.errors import ExamError
from exams.signals import assessment_approved
from kit.canonical import digest

REASON_MAX = 1000


def submit_assessment(*, assessment_id: int, by: Any, at: datetime) -> Assessment:
    """Freeze the inputs and send the result to an approver. Officers only.

    ExamError `not_found`, `own`, `state` when it is not open, `incomplete` while a part is
    missing.
    """
    if not submits_results(by):
        raise _no_such()
    with transaction.atomic():
        _locked(assessment_id, by)
        assessment = refresh_assessment(assessment_id=assessment_id, at=at)
        if assessment.state not in (AssessmentState.READY, AssessmentState.RETURNED):
            raise _not_now(assessment)
        if assessment.total is None:
            raise ExamError("incomplete", _("A part is still missing."))
        assessment.state = AssessmentState.SUBMITTED
        assessment.submitted_by, assessment.submitted_at = by, at
        assessment.save()
        _record("exams.assessment_submitted", assessment, by, at)
    return assessment


def approve_assessment(*, assessment_id: int, by: Any, at: datetime) -> Assessment:
    """Make a submitted result final and announce it in the same transaction, once.

    ExamError `not_found`, `own`, `same_person` for the one who submitted it, `state` when it
    does not wait (also for the second of two at once), `changed` when the evidence is no
    longer what was submitted.
    """
    if not approves_results(by):
        raise _no_such()
    with transaction.atomic():
        assessment = _locked(assessment_id, by)
        _expect_waiting(assessment)
        if assessment.submitted_by_id == by.pk:
            raise ExamError("same_person", _("Whoever submitted a result cannot approve it."))
        if digest(gather(assessment)[1]) != assessment.inputs_digest:
            raise ExamError(
                "changed",
                _("The marks behind this result changed after it was submitted. Return it."),
            )
        assessment.state = AssessmentState.APPROVED
        assessment.approved_by, assessment.approved_at = by, at
        assessment.save(update_fields=["state", "approved_by", "approved_at"])
        _record("exams.assessment_approved", assessment, by, at)
        assessment_approved.send(sender=Assessment, assessment=assessment, at=at)
    return assessment


def return_assessment(*, assessment_id: int, by: Any, reason: str, at: datetime) -> Assessment:
    """Send a submitted result back to the officer with a reason. Approvers only."""
    if not approves_results(by):
        raise _no_such()
    reason = reason.strip()[:REASON_MAX]
    if not reason:
        raise ExamError("reason", _("Say why it is returned: the officer reads it."))
    with transaction.atomic():
        assessment = _locked(assessment_id, by)
        _expect_waiting(assessment)
        assessment.state, assessment.returned_at = AssessmentState.RETURNED, at
        assessment.return_reason = reason
        assessment.save(update_fields=["state", "returned_at", "return_reason"])
        _record("exams.assessment_returned", assessment, by, at, reason)
        refresh_assessment(assessment_id=assessment.pk, at=at)
    assessment.refresh_from_db()
    return assessment


def _locked(assessment_id: int, by: Any) -> Assessment:
    assessment = Assessment.objects.select_for_update().filter(pk=assessment_id).first()
    if assessment is None:
        raise _no_such()
    if assessment.person_id == by.pk:
        raise ExamError("own", _("Nobody decides on their own result."))
    return assessment


def _expect_waiting(assessment: Assessment) -> None:
    if assessment.state != AssessmentState.SUBMITTED:
        raise _not_now(assessment)


def _not_now(assessment: Assessment) -> ExamError:
    label = AssessmentState(assessment.state).label
    return ExamError("state", _("Not possible now: the state is “%s”.") % label)


def _no_such() -> ExamError:
    return ExamError("not_found", _("There is no such result."))


def _record(action: str, row: Assessment, by: Any, at: datetime, reason: str = "") -> None:
    record(
        action=action, actor=by, obj=row, at=at, reason=reason,
        detail={"total": str(row.total), "passed": row.passed, "inputs": row.inputs_digest},
    )  # fmt: skip
