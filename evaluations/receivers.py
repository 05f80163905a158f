"""What this app does when a result has been approved."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from evaluations.services import open_follow_up
from exams.signals import assessment_approved
from training.models import Enrolment


@receiver(assessment_approved, dispatch_uid="evaluations.open_follow_up")
def ask_in_three_months(*, assessment: Any, at: datetime, **kwargs: Any) -> None:
    """A result opens the follow-up of its place."""
    kind, _, number = assessment.context.partition(":")
    if kind == "training.enrolment":
        place = Enrolment.objects.select_related("person__profile").get(pk=number)
        open_follow_up(enrolment=place, at=at)
