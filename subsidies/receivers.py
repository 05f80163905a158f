"""What this app does when training announces a new place in a class."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from subsidies.services import open_receivable
from training.signals import person_enrolled


@receiver(person_enrolled, dispatch_uid="subsidies.open_receivable")
def owe_the_fee(*, enrolment: Any, at: datetime, **kwargs: Any) -> None:
    """A new place in a class owes its fee."""
    open_receivable(enrolment=enrolment, at=at)
