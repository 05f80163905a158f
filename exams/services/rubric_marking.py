"""Marking practical work by rubric: hold it for twenty minutes, save drafts, finish once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import MarkingState, SubmissionState
from exams.models import RubricMarking, Submission, SubmissionLease
from exams.permissions import marks_practical
from exams.queries.marking import final_scores, free_place
from exams.rules.rubric import COMMENT_MAX, Choice, Fault, faults, score, settled
from exams.services.errors import ExamError
from exams.signals import submission_marked
from kit.exact import parts

LEASE = timedelta(minutes=20)


class UnfinishedMarking(ExamError):
    """Criteria still lack a level or a comment; `faults` says which."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__("unfinished", _("%d criteria are not finished yet.") % len(found))
        self.faults = found


def claim_submission(*, submission_id: int, by: Any, at: datetime) -> RubricMarking:
    """Hold a submission for twenty minutes; an earlier draft of this marker is found again.

    ExamError `not_found` for what this person may not mark, `held` while others hold it,
    `marked` when nothing is left to mark.
    """
    with transaction.atomic():
        submission = _locked(submission_id, by)
        place = _take(submission, by, at)
        marking = RubricMarking.objects.filter(submission=submission, marker=by).first()
        if marking is None:
            marking = RubricMarking(submission=submission, marker=by, saved_at=at)
        marking.position = place
        marking.save()
    return marking


def release_submission(*, submission_id: int, by: Any, at: datetime) -> None:
    """Give up the hold; the draft stays."""
    SubmissionLease.objects.filter(submission_id=submission_id, marker=by).update(expires_at=at)


def save_marking(
    *, submission_id: int, by: Any, levels: Mapping[str, Choice], comment: str,
    revision: int, at: datetime,
) -> RubricMarking:  # fmt: skip
    """Keep a draft, with or without the hold, and renew the hold where it is still free.

    ExamError `stale` when another window of the same marker saved since `revision`,
    `final` when this marker has finished.
    """
    with transaction.atomic():
        submission = _locked(submission_id, by)
        marking = RubricMarking.objects.filter(submission=submission, marker=by).first()
        if marking is None:
            marking = RubricMarking(submission=submission, marker=by, position=1, saved_at=at)
        if marking.state == MarkingState.FINAL:
            raise ExamError("final", _("You have already handed in this marking."))
        if marking.revision != revision:
            raise ExamError(
                "stale",
                _("This marking was saved in another window. Load the page again to see it."),
            )
        marking.levels, marking.comment = _plain(levels), comment[:COMMENT_MAX]
        marking.revision, marking.saved_at = revision + 1, at
        if submission.state == SubmissionState.HANDED_IN:
            marking.position = _renew(submission, by, at) or marking.position
        marking.save()
    return marking


def finish_marking(
    *, submission_id: int, by: Any, levels: Mapping[str, Choice], comment: str,
    revision: int, at: datetime,
) -> RubricMarking:  # fmt: skip
    """Save, then make the marking final. The draft is kept whatever happens.

    UnfinishedMarking names the criteria; ExamError `lease_lost` when somebody else holds or
    finished this place; and as `save_marking`.
    """
    saved = save_marking(
        submission_id=submission_id, by=by, levels=levels, comment=comment,
        revision=revision, at=at,
    )  # fmt: skip
    with transaction.atomic():
        submission = _locked(submission_id, by)
        marking = RubricMarking.objects.get(pk=saved.pk)
        if not _holds(submission, marking, at):
            raise ExamError(
                "lease_lost",
                _("Your hold has run out and this one is with somebody else. Your draft is kept."),
            )
        rubric = submission.assignment.task_version.criteria
        found = faults(rubric, marking.choices)
        if found:
            raise UnfinishedMarking(found)
        _finalise(marking, score(rubric, marking.choices), at)
        _settle(submission, at)
    return marking


def return_submission(*, submission_id: int, by: Any, reason: str, at: datetime) -> Submission:
    """Send work back to be handed in again under a new number. The reason is shown to its owner."""
    reason = reason.strip()
    if not reason:
        raise ExamError("reason", _("Say what has to be mended: its owner reads it."))
    with transaction.atomic():
        submission = _locked(submission_id, by)
        if submission.state != SubmissionState.HANDED_IN:
            raise ExamError("marked", _("This one has been marked and stays as it is."))
        _take(submission, by, at)
        submission.state, submission.return_reason = SubmissionState.RETURNED, reason[:COMMENT_MAX]
        submission.returned_at, submission.returned_by = at, by
        submission.save()
        submission.leases.all().delete()
        record(action="exams.practical_returned", actor=by, obj=submission, at=at, reason=reason)
    return submission


def _locked(submission_id: int, by: Any) -> Submission:
    if not marks_practical(by):
        raise ExamError("not_found", _("There is no such submission."))
    submission = (
        Submission.objects.markable_by(by)
        .select_for_update(of=("self",))
        .select_related("assignment__task_version")
        .filter(pk=submission_id)
        .first()
    )
    if submission is None:
        raise ExamError("not_found", _("There is no such submission."))
    return submission


def _take(submission: Submission, by: Any, at: datetime) -> int:
    if submission.state != SubmissionState.HANDED_IN or _own_final(submission, by):
        raise ExamError("marked", _("There is nothing left to mark here."))
    place = _renew(submission, by, at)
    if place is None:
        raise ExamError("held", _("Somebody else is marking this one now. Take the next."))
    return place


def _own_final(submission: Submission, by: Any) -> bool:
    return submission.markings.filter(marker=by, state=MarkingState.FINAL).exists()


def _renew(submission: Submission, by: Any, at: datetime) -> int | None:
    """Take or prolong a free place; None when all are held or done by others."""
    markings, leases = list(submission.markings.all()), list(submission.leases.all())
    place = free_place(submission, markings, leases, by, at)
    if place is None:
        return None
    submission.leases.filter(marker=by).exclude(position=place).delete()
    SubmissionLease.objects.update_or_create(
        submission=submission, position=place,
        defaults={"marker": by, "expires_at": at + LEASE},
    )  # fmt: skip
    return place


def _holds(submission: Submission, marking: RubricMarking, at: datetime) -> bool:
    return (
        submission.state == SubmissionState.HANDED_IN
        and submission.leases.filter(
            marker=marking.marker_id, position=marking.position, expires_at__gt=at
        ).exists()
    )


def _plain(levels: Mapping[str, Choice]) -> dict[str, dict[str, Any]]:
    return {
        key: {"level": choice.level, "comment": choice.comment[: COMMENT_MAX + 1]}
        for key, choice in levels.items()
    }


def _finalise(marking: RubricMarking, points: Fraction, at: datetime) -> None:
    marking.state, marking.final_at = MarkingState.FINAL, at
    marking.points_numerator, marking.points_denominator = parts(points)
    marking.save()
    record(
        action="exams.rubric_final", actor=marking.marker, obj=marking, at=at,
        detail={"submission": marking.submission_id, "points": str(points)},
    )  # fmt: skip


def _settle(submission: Submission, at: datetime) -> None:
    """Give the submission its score as soon as the markers needed have spoken."""
    assignment = submission.assignment
    result = settled(
        final_scores(list(submission.markings.all())),
        markers=assignment.markers, limit=Fraction(assignment.third_marker_over),
    )  # fmt: skip
    if result is None:
        return
    submission.leases.all().delete()
    submission.state, submission.marked_at = SubmissionState.MARKED, at
    submission.score_numerator, submission.score_denominator = parts(result)
    submission.save()
    submission_marked.send(sender=Submission, submission=submission, at=at)
