"""What the floors above ask about the theory exam."""

from fractions import Fraction
from typing import Any

from exams.choices import AttemptState
from exams.models import Attempt, Sitting


def theory_result(*, person: Any, sitting: Sitting) -> Fraction | None:
    """The exact theory score 0–100 of a person in a sitting; None until fully marked.

    Of several attempts (a withdrawn admission renewed) the latest counts.
    """
    attempt = (
        Attempt.objects.filter(candidate=person, sitting=sitting, state=AttemptState.MARKED)
        .order_by("-started_at", "-pk")
        .first()
    )
    return attempt.theory if attempt else None
