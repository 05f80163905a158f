"""Exam, practical tasks, process marks and the weighted whole."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from exams.choices import AssessmentState, MarkingState
from exams.models import (
    Admission,
    Assessment,
    Attempt,
    RubricMarking,
    Submission,
    TaskAssignment,
)
from reports.queries.packs.spelling import exact, instant, who
from training.models import Enrolment, ProcessEvidence, TrainingClass


def theory_of(
    training_class: TrainingClass, places: Sequence[Enrolment]
) -> dict[int, dict[str, Any]]:
    """Enrolment id → the exam ticket and every attempt in the sitting of the class."""
    by_person = {place.person_id: place.pk for place in places}
    found: dict[int, dict[str, Any]] = {
        place.pk: {"tickets": [], "attempts": []} for place in places
    }
    sitting = training_class.sitting
    for ticket in Admission.objects.filter(sitting=sitting, person__in=by_person).order_by("pk"):
        found[by_person[ticket.person_id]]["tickets"].append(
            {
                "number": ticket.ticket_number,
                "granted_at": instant(ticket.granted_at),
                "withdrawn_at": instant(ticket.withdrawn_at),
                "withdrawn_reason": ticket.withdrawn_reason,
            }
        )
    attempts = Attempt.objects.filter(sitting=sitting, candidate__in=by_person)
    for attempt in attempts.order_by("started_at", "pk"):
        found[by_person[attempt.candidate_id]]["attempts"].append(
            {
                "ref": f"exams.attempt:{attempt.pk}",
                "number": attempt.number,
                "state": attempt.state,
                "started_at": instant(attempt.started_at),
                "submitted_at": instant(attempt.submitted_at),
                "by_clock": attempt.auto_submitted,
                "is_marked": attempt.theory is not None,
                "score": exact(attempt.theory),
            }
        )
    return found


def practical_of(
    places: Sequence[Enrolment], *, full: bool, names_markers: bool
) -> dict[int, list[dict[str, Any]]]:
    """Enrolment id → every task given, what counts of it, and (full) the lines of its rubric."""
    by_context = {place.context: place.pk for place in places}
    found: dict[int, list[dict[str, Any]]] = {place.pk: [] for place in places}
    markings = RubricMarking.objects.filter(state=MarkingState.FINAL).select_related("marker")
    submissions = Submission.objects.standing().prefetch_related(
        Prefetch("markings", markings.order_by("position"))
    )
    tasks = (
        TaskAssignment.objects.filter(context__in=by_context)
        .select_related("task_version__task")
        .prefetch_related(Prefetch("submissions", submissions))
        .order_by("task_version__task__code", "pk")
    )
    for task in tasks:
        handed_in = next(iter(task.submissions.all()), None)
        found[by_context[task.context]].append(
            {
                "ref": f"exams.taskassignment:{task.pk}",
                "code": task.task_version.task.code,
                "title": task.task_version.title,
                "version": task.task_version.number,
                "task_digest": task.task_version.digest,
                "assigned_at": instant(task.assigned_at),
                "due_at": instant(task.due_at),
                "handed_in_at": instant(handed_in.handed_in_at) if handed_in else "",
                "digest": handed_in.digest if handed_in else "",
                "is_marked": handed_in is not None and handed_in.score is not None,
                "score": exact(handed_in.score) if handed_in else "",
                "markings": _markings(task, handed_in, names_markers) if full and handed_in else [],
            }
        )
    return found


def _markings(task: TaskAssignment, handed_in: Submission, named: bool) -> list[dict[str, Any]]:
    criteria = task.task_version.criteria
    return [
        {
            "position": marking.position,
            "marker": who(marking.marker) if named else "",
            "final_at": instant(marking.final_at),
            "points": exact(marking.points),
            "comment": marking.comment,
            "lines": [_line(criterion, marking.choices[criterion.key]) for criterion in criteria],
        }
        for marking in handed_in.markings.all()
    ]


def _line(criterion: Any, choice: Any) -> dict[str, str]:
    level = criterion.levels[choice.level or 0]
    return {
        "criterion": criterion.title,
        "level": level.name,
        "points": str(level.points),
        "max": str(criterion.max_points),
        "comment": choice.comment,
    }


def process_of(places: Sequence[Enrolment], *, full: bool) -> dict[int, dict[str, Any]]:
    """Enrolment id → points of the activities that stand; full: each mark, replaced ones too."""
    marks: dict[int, list[ProcessEvidence]] = defaultdict(list)
    rows = ProcessEvidence.objects.filter(enrolment__in=[place.pk for place in places])
    for row in rows.select_related("given_by").order_by("activity_code", "given_at", "pk"):
        marks[row.enrolment_id].append(row)
    found = {}
    for place in places:
        standing = [row for row in marks[place.pk] if row.superseded_at is None]
        found[place.pk] = {
            "points": str(sum(row.points for row in standing)) if standing else "",
            "max": str(sum(row.max_points for row in standing)) if standing else "",
            "codes": [row.activity_code for row in standing],
            "marks": [_mark(row) for row in marks[place.pk]] if full else [],
        }
    return found


def _mark(row: ProcessEvidence) -> dict[str, Any]:
    return {
        "ref": f"training.processevidence:{row.pk}",
        "code": row.activity_code,
        "item": row.item,
        "level": row.level,
        "points": str(row.points),
        "max": str(row.max_points),
        "note": row.note,
        "by": who(row.given_by),
        "at": instant(row.given_at),
        "replaced_at": instant(row.superseded_at),
    }


def assessments_of(places: Sequence[Enrolment]) -> dict[int, dict[str, Any]]:
    """Enrolment id → parts, total, how it was reckoned, and who submitted and approved it."""
    by_context = {place.context: place.pk for place in places}
    rows = Assessment.objects.filter(context__in=by_context)
    return {
        by_context[row.context]: {
            "ref": f"exams.assessment:{row.pk}",
            "state": row.state,
            "theory": exact(row.theory),
            "practical": exact(row.practical),
            "process": exact(row.process),
            "total": exact(row.total),
            "passed": row.passed,
            "explanation": row.explanation,
            "inputs_digest": row.inputs_digest,
            "submitted_by": who(row.submitted_by),
            "submitted_at": instant(row.submitted_at),
            "returned_at": instant(row.returned_at),
            "return_reason": row.return_reason,
            "approved_by": who(row.approved_by),
            "approved_at": instant(row.approved_at),
        }
        for row in rows.select_related("submitted_by", "approved_by")
    }


def close_unapproved(person: dict[str, Any], *, theory: bool) -> None:
    """Take the figures of a result that is not approved out of a record: they may still change.

    With `theory` the scores of the papers stay: a candidate is told the own one once it is marked.
    """
    whole = person["assessment"]
    if whole is not None and whole["state"] == AssessmentState.APPROVED:
        return
    for attempt in () if theory else person["theory"]["attempts"]:
        attempt["score"] = ""
    for task in person["practical"]:
        task["score"], task["markings"] = "", []
    if whole is not None:
        whole |= dict.fromkeys(("theory", "practical", "process", "total", "inputs_digest"), "")
        whole |= {"explanation": [], "passed": False}
