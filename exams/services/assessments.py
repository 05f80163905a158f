"""The weighted assessment of one person: opened, refreshed from its parts, frozen later."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import OPEN_ASSESSMENT_STATES, AssessmentState
from exams.models import (
    Assessment,
    AssessmentScheme,
    PracticalTaskVersion,
    Sitting,
    TaskAssignment,
)
from exams.queries.assessing import gather
from exams.rules.weighting import COMPONENTS, Outcome, assess
from exams.services.errors import ExamError
from kit.canonical import digest
from kit.exact import parts, sort_decimal


def open_assessment(
    *,
    person: Any,
    context: str,
    title: str,
    scheme: AssessmentScheme,
    sitting: Sitting | None,
    task_versions: Sequence[PracticalTaskVersion],
    by: Any,
    at: datetime,
    due_at: datetime | None = None,
    excluded_markers: Iterable[Any] = (),
) -> Assessment:
    """Open a person's assessment in a context and give them their tasks; twice changes nothing.

    `excluded_markers` are people who must not mark these tasks (the trainers of the class); they
    count only where the scheme separates training and assessing. ExamError `scheme` for a
    scheme that has not been published.
    """
    if scheme.published_at is None:
        raise ExamError("scheme", _("Publish the assessment scheme before it is used."))
    with transaction.atomic():
        assessment, made = Assessment.objects.get_or_create(
            person=person, context=context,
            defaults={
                "title": title, "scheme": scheme, "scheme_snapshot": scheme.data,
                "sitting": sitting, "opened_at": at,
            },
        )  # fmt: skip
        if not made:
            return assessment
        kept_out = list(excluded_markers) if scheme.separate_trainers else []
        for version in task_versions:
            _assign(assessment, version, kept_out, due_at, at)
        record(action="exams.assessment_opened", actor=by, obj=assessment, at=at)
        refresh_assessment(assessment_id=assessment.pk, at=at)
    assessment.refresh_from_db()
    return assessment


def _assign(
    assessment: Assessment,
    version: PracticalTaskVersion,
    kept_out: list[Any],
    due_at: datetime | None,
    at: datetime,
) -> None:
    assignment, _made = TaskAssignment.objects.get_or_create(
        person_id=assessment.person_id, context=assessment.context, task_version=version,
        defaults={
            "title": assessment.title, "due_at": due_at, "assigned_at": at,
            "markers": assessment.scheme.markers,
            "third_marker_over": assessment.scheme.third_marker_over,
        },
    )  # fmt: skip
    assignment.excluded_markers.add(*kept_out)


def refresh_assessment(*, assessment_id: int, at: datetime) -> Assessment:
    """Work out the result from what is known now. What was submitted or approved stays."""
    with transaction.atomic():
        assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
        if assessment.state not in OPEN_ASSESSMENT_STATES:
            return assessment
        known, inputs = gather(assessment)
        outcome = assess(assessment.rules, known)
        _keep(assessment, outcome)
        assessment.inputs, assessment.inputs_digest = inputs, digest(inputs)
        assessment.computed_at = at
        if assessment.state != AssessmentState.RETURNED:
            ready = AssessmentState.READY if outcome.complete else AssessmentState.OPEN
            assessment.state = ready
        assessment.save()
    return assessment


def refresh_assessments_of(*, person: Any, at: datetime, context: str | None = None) -> None:
    """Refresh every open assessment of a person, or the one of a context."""
    rows = Assessment.objects.filter(person=person, state__in=OPEN_ASSESSMENT_STATES)
    if context is not None:
        rows = rows.filter(context=context)
    for assessment_id in rows.values_list("pk", flat=True):
        refresh_assessment(assessment_id=assessment_id, at=at)


def _keep(assessment: Assessment, outcome: Outcome) -> None:
    for part in (*COMPONENTS, "total"):
        _store(assessment, part, getattr(outcome, part))
    assessment.passed = outcome.passed
    assessment.explanation = list(outcome.steps)


def _store(assessment: Assessment, part: str, value: Fraction | None) -> None:
    numerator, denominator = (None, None) if value is None else parts(value)
    setattr(assessment, f"{part}_numerator", numerator)
    setattr(assessment, f"{part}_denominator", denominator)
    setattr(assessment, f"{part}_score", None if value is None else sort_decimal(value))
