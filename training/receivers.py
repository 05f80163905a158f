"""What training does when other floors announce something."""

from datetime import datetime
from typing import Any

from training.services import complete_enrolment, refresh_admissions_of


def when_seconds_are_credited(person: Any, at: datetime, **kwargs: Any) -> None:
    """More study time may open the gate to the exam."""
    refresh_admissions_of(person=person, at=at)


def when_assessment_is_approved(assessment: Any, at: datetime, **kwargs: Any) -> None:
    """The result closes the place in the class."""
    complete_enrolment(assessment=assessment, at=at)
