"""Marking by hand: one item at a time, blind, held by one marker."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import HAND_MARKED, AttemptState
from exams.models import Attempt, ItemMark, MarkingLease, PaperItem
from exams.permissions import marks_answers, may_mark_attempt
from exams.rules.errors import RuleError
from exams.rules.question_types.short import fraction_from_points
from exams.services.errors import ExamError, from_rule
from exams.services.finishing import finish_if_marked

LEASE = timedelta(minutes=20)


def hold_item(*, attempt_id: int, position: int, by: Any, at: datetime) -> MarkingLease:
    """Hold an item for twenty minutes, or prolong one's hold; refused while another holds it."""
    with transaction.atomic():
        attempt = _locked(attempt_id, by)
        return _hold(attempt, position, by, at)


def release_item(*, attempt_id: int, position: int, by: Any) -> None:
    """Give a held item back to the queue."""
    MarkingLease.objects.filter(attempt_id=attempt_id, position=position, marker=by).delete()


def mark_item(
    *,
    attempt_id: int,
    position: int,
    fraction: Fraction,
    comment: str,
    by: Any,
    at: datetime,
    points: Sequence[str] = (),
) -> ItemMark:
    """Give one hand-marked item its fraction 0–1; an earlier mark is replaced, not erased.

    Raises ExamError `forbidden` (no marker, or one's own answer), `not_found`, `not_marked_now`
    (not handed in, or the result is final), `held`, `fraction`.
    """
    if not 0 <= fraction <= 1:
        raise ExamError("fraction", _("A mark lies between nothing and the full mark."))
    with transaction.atomic():
        attempt = _locked(attempt_id, by)
        _item(attempt, position)
        _hold(attempt, position, by, at)
        old = attempt.marks.filter(position=position, replaced_at__isnull=True)
        replaced = old.update(replaced_at=at)
        mark = ItemMark.objects.create(
            attempt=attempt, position=position, marker=by, comment=comment.strip(),
            fraction_numerator=fraction.numerator, fraction_denominator=fraction.denominator,
            points=list(points), marked_at=at,
        )  # fmt: skip
        release_item(attempt_id=attempt.pk, position=position, by=by)
        record(
            action="exams.item_marked", actor=by, obj=attempt, at=at,
            detail={"position": position, "fraction": str(fraction), "replaced": bool(replaced)},
        )  # fmt: skip
        finish_if_marked(attempt=attempt, at=at)
    return mark


def mark_item_by_points(
    *,
    attempt_id: int,
    position: int,
    points: Sequence[Decimal],
    comment: str,
    by: Any,
    at: datetime,
) -> ItemMark:
    """Mark by the key points of the question: points given ÷ points to be had."""
    item = PaperItem.objects.select_related("version").filter(
        attempt_id=attempt_id, position=position, version__type__in=HAND_MARKED
    )
    found = item.first()
    if found is None:
        raise ExamError("not_found", _("There is no such answer to mark."))
    try:
        fraction = fraction_from_points(found.version.key, points)
    except RuleError as error:
        raise from_rule(error) from error
    return mark_item(
        attempt_id=attempt_id, position=position, fraction=fraction, comment=comment,
        by=by, at=at, points=[str(p) for p in points],
    )  # fmt: skip


def _locked(attempt_id: int, by: Any) -> Attempt:
    attempt = Attempt.objects.select_for_update().filter(pk=attempt_id).first()
    if attempt is None:
        raise ExamError("not_found", _("There is no such answer to mark."))
    if not marks_answers(by):
        raise ExamError("forbidden", _("Only graders and trainers may mark."))
    if not may_mark_attempt(by, attempt):
        raise ExamError("own", _("Nobody marks their own answers."))
    if attempt.state != AttemptState.SUBMITTED:
        raise ExamError("not_marked_now", _("This paper is not being marked now."))
    return attempt


def _item(attempt: Attempt, position: int) -> PaperItem:
    item = attempt.items.filter(position=position, version__type__in=HAND_MARKED).first()
    if item is None:
        raise ExamError("not_found", _("There is no such answer to mark."))
    return item


def _hold(attempt: Attempt, position: int, by: Any, at: datetime) -> MarkingLease:
    lease = MarkingLease.objects.filter(attempt=attempt, position=position).first()
    if lease is None:
        lease = MarkingLease(attempt=attempt, position=position)
    elif lease.marker_id != by.pk and lease.expires_at > at:
        raise ExamError("held", _("Another marker is on this answer."))
    lease.marker, lease.expires_at = by, at + LEASE
    lease.save()
    return lease
