"""What stands behind a result, as people want to see it."""

from dataclasses import dataclass
from typing import Any

from exams.choices import MarkingState
from exams.models import Assessment, ComponentMark, RubricMarking, Submission, TaskAssignment
from exams.queries.assessing import assignments_of, standing_submission


@dataclass(frozen=True)
class CriterionSheet:
    """A criterion with the level, points and comment it got."""

    title: str
    dimension: str
    level: str
    points: Any
    max_points: Any
    comment: str


@dataclass(frozen=True)
class MarkingSheet:
    """One final marking, in the rubric's order."""

    marking: RubricMarking
    criteria: list[CriterionSheet]


@dataclass(frozen=True)
class TaskSheet:
    """A task of an assessment with what was handed in and how it was marked."""

    assignment: TaskAssignment
    submission: Submission | None
    markings: list[MarkingSheet]


def task_sheets(assessment: Assessment) -> list[TaskSheet]:
    """Every task that counts, with its final markings."""
    return [_task(assignment) for assignment in assignments_of(assessment)]


def _task(assignment: TaskAssignment) -> TaskSheet:
    submission = standing_submission(assignment)
    rows = submission.markings.all() if submission else ()
    final = [_marking(assignment, row) for row in rows if row.state == MarkingState.FINAL]
    return TaskSheet(assignment, submission, final)


def _marking(assignment: TaskAssignment, marking: RubricMarking) -> MarkingSheet:
    choices = marking.choices
    sheets = []
    for criterion in assignment.task_version.criteria:
        choice = choices[criterion.key]
        level = criterion.levels[choice.level or 0]
        sheets.append(
            CriterionSheet(
                criterion.title, criterion.dimension, level.name,
                level.points, criterion.max_points, choice.comment,
            )
        )  # fmt: skip
    return MarkingSheet(marking, sheets)


def component_history(assessment: Assessment) -> list[ComponentMark]:
    """All marks of process and showcase, also those that were superseded."""
    return list(assessment.component_marks.select_related("given_by"))
