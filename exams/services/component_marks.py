"""Marks of the process and the showcase, handed down with their evidence."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import OPEN_ASSESSMENT_STATES, Component
from exams.models import Assessment, ComponentMark
from exams.queries.assessing import SHOWCASE_ITEM
from exams.services.assessments import refresh_assessment
from exams.services.errors import ExamError
from kit.exact import parts


def give_component_mark(
    *,
    assessment: Assessment,
    component: str,
    item: str = SHOWCASE_ITEM,
    points: Fraction,
    evidence: str,
    by: Any,
    at: datetime,
    max_points: Fraction | int = 100,
) -> ComponentMark:
    """Give one item its mark; the one that stood is superseded, never overwritten.

    `points` are out of `max_points` and kept exactly on the 0–100 scale. `evidence` is
    "kind:id", a row of the floor that hands it down. ExamError `item`, `points`, `evidence`,
    `own`, or `closed` once the result was submitted.
    """
    score = _score(points, max_points)
    with transaction.atomic():
        row = Assessment.objects.select_for_update().get(pk=assessment.pk)
        _check(row, component, item, evidence, by)
        standing = row.component_marks.filter(
            component=component, item=item, superseded_at__isnull=True
        ).first()
        if standing and (standing.points, standing.evidence) == (score, evidence):
            return standing
        if standing:
            standing.superseded_at = at
            standing.save(update_fields=["superseded_at"])
        numerator, denominator = parts(score)
        mark = ComponentMark.objects.create(
            assessment=row, component=component, item=item, evidence=evidence,
            points_numerator=numerator, points_denominator=denominator, given_by=by, given_at=at,
        )  # fmt: skip
        record(
            action="exams.component_marked", actor=by, obj=row, at=at,
            detail={"item": f"{component}.{item}", "points": str(score), "evidence": evidence},
        )  # fmt: skip
        refresh_assessment(assessment_id=row.pk, at=at)
    return mark


def _score(points: Fraction, max_points: Fraction | int) -> Fraction:
    top = Fraction(max_points)
    if top <= 0 or not 0 <= points <= top:
        raise ExamError("points", _("Points lie between 0 and %s.") % top)
    return Fraction(points) / top * 100


def _check(row: Assessment, component: str, item: str, evidence: str, by: Any) -> None:
    known = {Component.PROCESS: set(row.rules.process_items), Component.SHOWCASE: {SHOWCASE_ITEM}}
    if item not in known.get(component, set()):  # type: ignore[call-overload]
        raise ExamError("item", _("The scheme has no such item: %s") % f"{component}.{item}")
    kind, colon, identity = evidence.partition(":")
    if not (kind and colon and identity):
        raise ExamError("evidence", _("A mark needs its evidence."))
    if by.pk == row.person_id:
        raise ExamError("own", _("Nobody marks themselves."))
    if row.state not in OPEN_ASSESSMENT_STATES:
        raise ExamError("closed", _("This result was submitted and can no longer be changed."))
