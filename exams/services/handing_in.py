"""Handing in: by the candidate or by the clock, once."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import AttemptState
from exams.models import Attempt, ItemMark
from exams.queries.paper import latest_values
from exams.rules.deadline import GRACE, is_over
from exams.rules.papers import item_content
from exams.rules.question_types import RULES
from exams.services.errors import ExamError
from exams.services.finishing import finish_if_marked

# An answer that arrived within the grace may still be on its way through a busy server.
SETTLE = timedelta(seconds=1)
BATCH = 500


def submit_attempt(*, attempt_id: int, person: Any, at: datetime) -> Attempt:
    """Hand in. A second hand-in changes nothing and returns the same attempt."""
    with transaction.atomic():
        attempt = (
            Attempt.objects.select_for_update().visible_to(person).filter(pk=attempt_id).first()
        )
        if attempt is None:
            raise ExamError("not_found", _("There is no such attempt."))
        if attempt.state == AttemptState.OPEN:
            _close(attempt, at, by_clock=is_over(deadline=attempt.deadline, at=at))
    return attempt


def close_if_overdue(*, attempt_id: int, at: datetime) -> bool:
    """Close one attempt whose time is over. True if this call closed it."""
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().filter(pk=attempt_id).first()
        if attempt is None or attempt.state != AttemptState.OPEN:
            return False
        if not is_over(deadline=attempt.deadline, at=at):
            return False
        _close(attempt, at, by_clock=True)
    return True


def close_overdue(*, at: datetime) -> int:
    """Close all attempts whose time is over, each in its own transaction. Returns how many."""
    waiting = Attempt.objects.overdue(at - GRACE - SETTLE).order_by("deadline")
    ids = list(waiting.values_list("pk", flat=True)[:BATCH])
    return sum(close_if_overdue(attempt_id=pk, at=at) for pk in ids)


def _close(attempt: Attempt, at: datetime, *, by_clock: bool) -> None:
    """Only called on a locked, open attempt. The hand-in time is never after the deadline."""
    attempt.state = AttemptState.SUBMITTED
    attempt.submitted_at = min(at, attempt.deadline)
    attempt.auto_submitted = by_clock
    attempt.save(update_fields=["state", "submitted_at", "auto_submitted"])
    ItemMark.objects.bulk_create(_machine_marks(attempt, at))
    record(
        action="exams.attempt_submitted", actor=None if by_clock else attempt.candidate,
        obj=attempt, at=at, detail={"by_clock": by_clock},
    )  # fmt: skip
    finish_if_marked(attempt=attempt, at=at)


def _machine_marks(attempt: Attempt, at: datetime) -> list[ItemMark]:
    """Marks of everything a machine can score: objective types, and empty answers."""
    values = latest_values(attempt.pk)
    marks = []
    for item in attempt.items.select_related("version"):
        rule, value = RULES[item.version.type], values.get(item.position)
        if rule.hand_marked and rule.is_answered(value):
            continue
        version = item.version
        content = item_content(
            version.type, version.content, paper_seed=attempt.seed, position=item.position
        )
        fraction: Fraction = rule.fraction(content, version.key, value, item.option_order)
        marks.append(
            ItemMark(
                attempt=attempt,
                position=item.position,
                fraction_numerator=fraction.numerator,
                fraction_denominator=fraction.denominator,
                marked_at=at,
            )
        )
    return marks
