"""The marker's view of the practical work: what waits, what is held, what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from exams.choices import MarkingState, SubmissionState
from exams.models import RubricMarking, Submission, SubmissionLease
from exams.rules.rubric import needs_third


@dataclass(frozen=True)
class QueueRow:
    """One submission as a marker sees it; state is waiting, draft, held or done."""

    submission: Submission
    state: str
    mine: RubricMarking | None
    held_by: str = ""
    held_until: datetime | None = None


def markable(user: Any) -> QuerySet[Submission]:
    """Everything this person may mark or has marked, oldest hand-in first, with what is shown."""
    return (
        Submission.objects.markable_by(user)
        .select_related("assignment__task_version__task")
        .prefetch_related(
            Prefetch("markings", RubricMarking.objects.order_by("position")),
            Prefetch("leases", SubmissionLease.objects.select_related("marker")),
        )
        .order_by("handed_in_at", "id")
    )


def queue(user: Any) -> QuerySet[Submission]:
    """What a marker's list holds: everything that is not marked yet, then what they finished."""
    finished = RubricMarking.objects.filter(
        submission=OuterRef("pk"), marker=user, state=MarkingState.FINAL
    )
    rows = markable(user).filter(Q(state=SubmissionState.HANDED_IN) | Q(Exists(finished)))
    return rows.order_by("state", "handed_in_at", "id")


def open_to(user: Any) -> QuerySet[Submission]:
    """What still waits for this person: handed in and not yet marked by them."""
    done = RubricMarking.objects.filter(
        submission=OuterRef("pk"), marker=user, state=MarkingState.FINAL
    )
    return markable(user).filter(~Exists(done), state=SubmissionState.HANDED_IN)


def queue_row(submission: Submission, user: Any, at: datetime) -> QueueRow:
    """How a (prefetched) submission stands for this person."""
    markings = list(submission.markings.all())
    mine = next((marking for marking in markings if marking.marker_id == user.pk), None)
    if mine is not None and mine.state == MarkingState.FINAL:
        return QueueRow(submission, "done", mine)
    if submission.state == SubmissionState.MARKED:
        return QueueRow(submission, "done", None)
    place = free_place(submission, markings, list(submission.leases.all()), user, at)
    if place is None:
        lease = _other_lease(submission, user, at)
        if lease is None:
            return QueueRow(submission, "done", None)
        return QueueRow(submission, "held", mine, lease.marker.name, lease.expires_at)
    return QueueRow(submission, "draft" if mine else "waiting", mine)


def _other_lease(submission: Submission, user: Any, at: datetime) -> SubmissionLease | None:
    leases = submission.leases.all()
    others = (each for each in leases if each.marker_id != user.pk and each.expires_at > at)
    return next(others, None)


def free_place(
    submission: Submission,
    markings: Sequence[RubricMarking],
    leases: Sequence[SubmissionLease],
    user: Any,
    at: datetime,
) -> int | None:
    """The place this person can take now: 1 first, 2 second, 3 adjudicator; None if none."""
    held = {
        lease.position for lease in leases if lease.marker_id != user.pk and lease.expires_at > at
    }
    final = {m.position for m in markings if m.state == MarkingState.FINAL}
    wanted = [place for place in _places(submission, markings) if place not in held | final]
    mine = next((m.position for m in markings if m.marker_id == user.pk), None)
    if mine in wanted:
        return mine
    return wanted[0] if wanted else None


def _places(submission: Submission, markings: Sequence[RubricMarking]) -> list[int]:
    assignment = submission.assignment
    if assignment.markers == 1:
        return [1]
    scores = final_scores(markings)
    limit = Fraction(assignment.third_marker_over)
    if len(scores) >= 2 and needs_third(scores[0], scores[1], limit=limit):
        return [1, 2, 3]
    return [1, 2]


def final_scores(markings: Sequence[RubricMarking]) -> list[Fraction]:
    """The final scores in the order of their places."""
    final = sorted((m for m in markings if m.state == MarkingState.FINAL), key=lambda m: m.position)
    return [marking.points for marking in final if marking.points is not None]
