"""What an approved assessment means for the place it belongs to."""

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.services import record
from learning.services import settle_grants
from training.choices import EnrolmentState
from training.models import Enrolment

PREFIX = "training.enrolment:"


@transaction.atomic
def complete_enrolment(*, assessment: Any, at: datetime) -> Enrolment | None:
    """Set the place to passed or failed. None when the assessment is not one of ours."""
    if not assessment.context.startswith(PREFIX):
        return None
    place = Enrolment.objects.select_for_update().get(pk=assessment.context.removeprefix(PREFIX))
    place.state = EnrolmentState.PASSED if assessment.passed else EnrolmentState.FAILED
    place.completed_at = at
    place.save(update_fields=["state", "completed_at"])
    settle_grants(sources=[place.context], at=at)
    record(action="training.enrolment_completed", at=at, obj=place, detail={"state": place.state})
    return place
