"""What the marking desk shows of one submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exams.choices import MarkingState, SubmissionState
from exams.models import RubricMarking, Submission
from exams.rules.rubric import (
    COMMENT_MAX,
    COMMENT_REQUIRED,
    COMMENT_TOO_LONG,
    Choice,
    Criterion,
    Fault,
    full_points,
    points_so_far,
)
from exams.services.errors import ExamError
from exams.services.rubric_marking import LEASE

PASS_LINE = 60
FAULTS = {
    COMMENT_REQUIRED: lambda: _("Below 60 % of this criterion a comment is required."),
    COMMENT_TOO_LONG: lambda: _("At most %d characters.") % COMMENT_MAX,
}


@dataclass(frozen=True)
class Line:
    """A criterion with what was chosen, as the desk draws it."""

    criterion: Criterion
    number: int
    choice: Choice
    is_open: bool
    fault: str

    @property
    def level(self) -> Any:
        """The chosen level, None where nothing valid was chosen."""
        index = self.choice.level
        known = index is not None and 0 <= index < len(self.criterion.levels)
        return self.criterion.levels[index] if known else None  # type: ignore[index]

    @property
    def is_low(self) -> bool:
        """Whether the choice asks for a comment."""
        return self.level is not None and self.criterion.needs_comment(self.choice.level or 0)


def lines(
    criteria: Sequence[Criterion], choices: Mapping[str, Choice], faults: Sequence[Fault]
) -> list[Line]:
    """All criteria; the first that is faulty or still open is unfolded."""
    said = {fault.key: _words(fault) for fault in faults}
    undone = [c.key for c in criteria if choices.get(c.key, Choice(None)).level is None]
    first = next(iter(said), next(iter(undone), criteria[0].key))
    return [
        Line(c, number, choices.get(c.key, Choice(None)), c.key == first, said.get(c.key, ""))
        for number, c in enumerate(criteria, 1)
    ]


def _words(fault: Fault) -> str:
    words = FAULTS.get(fault.code)
    return words() if words else _("Choose a level.")


def desk_context(
    submission: Submission,
    user: Any,
    at: datetime,
    *,
    typed: Mapping[str, Choice] | None = None,
    comment: str | None = None,
    faults: Sequence[Fault] = (),
    error: ExamError | None = None,
) -> dict[str, Any]:
    """Everything the page needs of this submission; what was typed wins over what is stored."""
    mine = next((m for m in submission.markings.all() if m.marker_id == user.pk), None)
    version = submission.assignment.task_version
    criteria = version.criteria
    choices = typed if typed is not None else (mine.choices if mine else {})
    seconds = _lease_seconds(submission, mine, user, at)
    return {
        "submission": submission, "version": version, "mine": mine, "error": error,
        "files": list(submission.files.all()), "task_files": list(version.files.all()),
        "lines": lines(criteria, choices, faults), **_tally(criteria, choices),
        "lease_seconds": seconds, "lease_total": int(LEASE.total_seconds()), "holds": seconds > 0,
        "lost": mine is not None and seconds == 0 and _open(submission, mine),
        "is_final": mine is not None and mine.state == MarkingState.FINAL,
        "is_closed": submission.state == SubmissionState.MARKED,
        "comment": comment if comment is not None else (mine.comment if mine else ""),
        "revision": mine.revision if mine else 0,
    }  # fmt: skip


def _tally(criteria: Sequence[Criterion], choices: Mapping[str, Choice]) -> dict[str, Any]:
    """The running total against the pass line, and what is still to be marked."""
    points, top = points_so_far(criteria, choices), full_points(criteria)
    todo = [c for c in criteria if choices.get(c.key, Choice(None)).level is None]
    return {
        "points": points, "top": top, "percent": round(float(points / top * 100), 2),
        "chosen": len(criteria) - len(todo), "criteria_count": len(criteria),
        "left_points": full_points(todo), "pass_line": PASS_LINE,
    }  # fmt: skip


def _open(submission: Submission, mine: RubricMarking) -> bool:
    return mine.state == MarkingState.DRAFT and submission.state == SubmissionState.HANDED_IN


def _lease_seconds(
    submission: Submission, mine: RubricMarking | None, user: Any, at: datetime
) -> int:
    if mine is None or not _open(submission, mine):
        return 0
    for lease in submission.leases.all():
        if lease.marker_id == user.pk and lease.position == mine.position:
            return max(0, int((lease.expires_at - at).total_seconds()))
    return 0
