"""Who may do what on the exam floor: facts about a person and a row."""

from typing import Any

from people.roles import APPROVER, AUTHOR, GRADER, OFFICER, TRAINER, has_role


def writes_questions(user: Any) -> bool:
    """Question authors."""
    return has_role(user, AUTHOR)


def runs_exams(user: Any) -> bool:
    """Exam officers."""
    return has_role(user, OFFICER)


def marks_answers(user: Any) -> bool:
    """Graders and trainers."""
    return has_role(user, GRADER, TRAINER)


def may_mark_attempt(user: Any, attempt: Any) -> bool:
    """Whoever marks, but never one's own answers."""
    return marks_answers(user) and attempt.candidate_id != user.pk


def marks_practical(user: Any) -> bool:
    """Graders and trainers; which submissions, `Submission.objects.markable_by` says."""
    return has_role(user, GRADER, TRAINER)


def submits_results(user: Any) -> bool:
    """Exam officers send computed results to approval."""
    return has_role(user, OFFICER)


def approves_results(user: Any) -> bool:
    """Approvers; never what they submitted themselves."""
    return has_role(user, APPROVER)
