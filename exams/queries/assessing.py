"""What an assessment stands on, with the rows that prove it."""

from fractions import Fraction
from typing import Any

from exams.choices import AttemptState, Component, MarkingState
from exams.models import Assessment, Attempt, ComponentMark, Submission, TaskAssignment
from exams.queries.theory import theory_result
from exams.rules.weighting import Parts

SHOWCASE_ITEM = "showcase"


def gather(assessment: Assessment) -> tuple[Parts, dict[str, Any]]:
    """The parts known now, and the same as JSON with the ids and digests behind each."""
    theory = _theory(assessment)
    tasks = [_task(assignment) for assignment in assignments_of(assessment)]
    marks = standing_marks(assessment)
    showcase = marks.get((Component.SHOWCASE, SHOWCASE_ITEM))
    process = {
        item: marks.get((Component.PROCESS, item)) for item in assessment.rules.process_items
    }
    parts = Parts(
        theory=_fraction(theory["value"]),
        tasks=[_fraction(task["score"]) for task in tasks],
        showcase=showcase.points if showcase else None,
        process={item: mark.points if mark else None for item, mark in process.items()},
    )
    inputs = {
        "scheme": assessment.scheme_snapshot,
        "theory": theory,
        "tasks": tasks,
        "showcase": _mark(showcase),
        "process": {item: _mark(mark) for item, mark in process.items()},
    }
    return parts, inputs


def assignments_of(assessment: Assessment) -> list[TaskAssignment]:
    """The tasks that count for an assessment, in the order of their codes."""
    return list(
        TaskAssignment.objects.filter(person=assessment.person_id, context=assessment.context)
        .select_related("task_version__task")
        .order_by("task_version__task__code", "pk")
    )


def standing_marks(assessment: Assessment) -> dict[tuple[str, str], ComponentMark]:
    """The component marks that stand, by component and item."""
    rows = assessment.component_marks.filter(superseded_at__isnull=True)
    return {(mark.component, mark.item): mark for mark in rows}


def standing_submission(assignment: TaskAssignment) -> Submission | None:
    """What counts of a task: handed in or marked, never a draft or sent back."""
    return assignment.submissions.standing().prefetch_related("markings").first()


def _theory(assessment: Assessment) -> dict[str, Any]:
    if assessment.sitting is None:
        return {"value": None, "sitting": None, "attempt": None}
    value = theory_result(person=assessment.person, sitting=assessment.sitting)
    attempt = (
        Attempt.objects.filter(
            candidate=assessment.person_id, sitting=assessment.sitting, state=AttemptState.MARKED
        )
        .order_by("-started_at", "-pk")
        .first()
    )
    return {
        "value": None if value is None else str(value),
        "sitting": assessment.sitting_id,
        "attempt": attempt.pk if attempt else None,
    }


def _task(assignment: TaskAssignment) -> dict[str, Any]:
    submission = standing_submission(assignment)
    score = submission.score if submission else None
    final = [
        marking.pk
        for marking in (submission.markings.all() if submission else ())
        if marking.state == MarkingState.FINAL
    ]
    return {
        "assignment": assignment.pk,
        "task": assignment.task_version.task.code,
        "version": assignment.task_version.number,
        "digest": assignment.task_version.digest,
        "submission": submission.pk if submission else None,
        "submission_digest": submission.digest if submission else None,
        "markings": final,
        "score": None if score is None else str(score),
    }


def _mark(mark: ComponentMark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {"mark": mark.pk, "points": str(mark.points), "evidence": mark.evidence}


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
