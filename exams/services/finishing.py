"""The moment when an attempt has all its marks."""

from datetime import datetime

from exams.choices import AttemptState
from exams.models import Attempt
from exams.rules.scoring import theory_score
from exams.signals import attempt_marked
from kit.exact import parts, sort_decimal


def finish_if_marked(*, attempt: Attempt, at: datetime) -> bool:
    """Compute and freeze the theory score once every item has a mark, and announce it.

    Called inside the transaction that wrote the last mark, on a locked attempt.
    """
    most = dict(attempt.items.values_list("position", "max_mark"))
    marks = {m.position: m.fraction for m in attempt.marks.filter(replaced_at__isnull=True)}
    if not most or set(most) - set(marks):
        return False
    score = theory_score((marks[position], mark) for position, mark in most.items())
    attempt.state, attempt.marked_at = AttemptState.MARKED, at
    attempt.theory_numerator, attempt.theory_denominator = parts(score)
    attempt.theory_score = sort_decimal(score)
    attempt.save()
    attempt_marked.send(sender=Attempt, attempt=attempt, at=at)
    return True
