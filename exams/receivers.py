"""Inside the exam floor: a marked paper or rubric refreshes the assessments it counts for."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from exams.services.assessments import refresh_assessments_of
from exams.signals import attempt_marked, submission_marked


@receiver(attempt_marked, dispatch_uid="exams.refresh_on_attempt")
def refresh_on_attempt(sender: Any, attempt: Any, at: datetime, **kwargs: Any) -> None:
    """The theory part became known."""
    refresh_assessments_of(person=attempt.candidate, at=at)


@receiver(submission_marked, dispatch_uid="exams.refresh_on_submission")
def refresh_on_submission(sender: Any, submission: Any, at: datetime, **kwargs: Any) -> None:
    """The rubric of a practical task became final."""
    assignment = submission.assignment
    refresh_assessments_of(person=assignment.person, context=assignment.context, at=at)
