"""Process marks: points with their evidence, superseded and never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.models import Assessment
from exams.services import ExamError, give_component_mark
from training.choices import TEACHING, EnrolmentState, EvidenceItem
from training.errors import Refusal, TrainingError
from training.models import Enrolment, ProcessEvidence, TrainingClass
from training.permissions import teaches
from training.rules.marks import tally
from training.rules.timetable import Activity


@dataclass(frozen=True)
class Mark:
    """Points for one place; `level` names the level they came from, if any."""

    enrolment: Enrolment
    points: Decimal
    note: str = ""
    level: str = ""


def record_process_mark(
    *,
    enrolment: Enrolment,
    activity_code: str,
    points: Decimal,
    by: Any,
    at: datetime,
    note: str = "",
    level: str = "",
) -> ProcessEvidence:
    """Record one mark. See `record_process_marks`; a refusal comes as bad_marks."""
    mark = Mark(enrolment=enrolment, points=points, note=note, level=level)
    return record_process_marks(
        training_class=enrolment.training_class,
        activity_code=activity_code,
        marks=[mark],
        by=by,
        at=at,
    )[0]


@transaction.atomic
def record_process_marks(
    *,
    training_class: TrainingClass,
    activity_code: str,
    marks: Sequence[Mark],
    by: Any,
    at: datetime,
) -> list[ProcessEvidence]:
    """Record the marks of one activity, all or nothing, and return what stands.

    A mark that says what stands already changes nothing; a changed one needs a note. When every
    activity of an item is marked, its score goes down to the assessment.
    Raises TrainingError: not_allowed, not_teaching, unknown_activity, bad_marks, or the reason
    for which the assessment takes no mark any more.
    """
    activity = _check_class(training_class, activity_code, by)
    places = [mark.enrolment.pk for mark in marks]
    # A first mark has no row to lock: the places are, so that a doubled post finds what stands.
    list(Enrolment.objects.select_for_update().filter(pk__in=places).order_by("pk").values("pk"))
    standing = {
        row.enrolment_id: row
        for row in ProcessEvidence.objects.standing()
        .select_for_update()
        .filter(enrolment_id__in=places, activity_code=activity_code)
    }
    _refuse(training_class, activity, marks, standing)
    return [_write(mark, activity, standing.get(mark.enrolment.pk), by=by, at=at) for mark in marks]


def _check_class(training_class: TrainingClass, activity_code: str, by: Any) -> Activity:
    if not teaches(by, training_class):
        raise TrainingError("not_allowed", _("Only the trainers of this class give marks."))
    if training_class.state not in TEACHING:
        raise TrainingError("not_teaching", _("This class is not being taught."))
    for activity in training_class.planned_activities():
        if activity.code == activity_code:
            return activity
    message = _("This class has no activity %(code)s.") % {"code": activity_code}
    raise TrainingError("unknown_activity", message)


def _refuse(
    training_class: TrainingClass,
    activity: Activity,
    marks: Sequence[Mark],
    standing: dict[int, ProcessEvidence],
) -> None:
    refusals = []
    for mark in marks:
        code, message = _fault(training_class, activity, mark, standing.get(mark.enrolment.pk))
        if code:
            refusals.append(Refusal(mark.enrolment.person, code, message))
    if refusals:
        raise TrainingError("bad_marks", _("Nothing was recorded."), refusals)


def _fault(
    training_class: TrainingClass, activity: Activity, mark: Mark, before: ProcessEvidence | None
) -> tuple[str, str]:
    if mark.enrolment.training_class_id != training_class.pk:
        return "unknown_place", _("Not in this class.")
    if before is not None and _says_the_same(before, mark):
        return "", ""
    if mark.enrolment.state != EnrolmentState.ENROLLED:
        return "result_is_final", _("The result is final.")
    if not 0 <= Fraction(mark.points) <= activity.points:
        message = _("Points must lie between 0 and %(max)s.") % {"max": float(activity.points)}
        return "out_of_range", message
    if mark.points != mark.points.quantize(Decimal("0.01")):
        return "too_fine", _("Points have at most two decimals.")
    if before is not None and before.points != mark.points and not mark.note.strip():
        return "reason_missing", _("A changed mark needs a note that says why.")
    return "", ""


def _says_the_same(before: ProcessEvidence, mark: Mark) -> bool:
    return (before.points, before.level, before.note) == (mark.points, mark.level, mark.note)


def _write(
    mark: Mark, activity: Activity, before: ProcessEvidence | None, *, by: Any, at: datetime
) -> ProcessEvidence:
    if before is not None:
        if _says_the_same(before, mark):
            return before
        before.superseded_at = at
        before.save(update_fields=["superseded_at"])
    evidence = ProcessEvidence.objects.create(
        enrolment=mark.enrolment,
        item=activity.item,
        activity_code=activity.code,
        level=mark.level,
        points=mark.points,
        max_points=Decimal(activity.points.numerator) / Decimal(activity.points.denominator),
        note=mark.note,
        given_by=by,
        given_at=at,
    )
    if before is not None:
        record(
            action="training.mark_changed",
            at=at,
            actor=by,
            obj=evidence,
            detail={"from": str(before.points), "to": str(evidence.points)},
            reason=mark.note,
        )
    _hand_down(evidence, by=by, at=at)
    return evidence


def _hand_down(evidence: ProcessEvidence, *, by: Any, at: datetime) -> None:
    place = evidence.enrolment
    points = dict(
        ProcessEvidence.objects.standing()
        .filter(enrolment=place)
        .values_list("activity_code", "points")
    )
    result = tally(evidence.item, place.training_class.planned_activities(), points)
    if not result.is_complete:
        return
    is_showcase = evidence.item == EvidenceItem.SHOWCASE
    try:
        give_component_mark(
            assessment=Assessment.objects.get(context=place.context, person=place.person_id),
            component="showcase" if is_showcase else "process",
            item=evidence.item,
            points=result.earned,
            max_points=result.planned_max,
            evidence=f"training.processevidence:{evidence.pk}",
            by=by,
            at=at,
        )
    except ExamError as error:  # the result was submitted meanwhile
        raise TrainingError(error.code, error.message) from error
