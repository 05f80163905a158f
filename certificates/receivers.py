"""What certificates do when a lower floor announces something."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from certificates import services
from exams.models import Assessment
from exams.signals import assessment_approved


@receiver(assessment_approved, dispatch_uid="certificates.issue")
def issue(sender: Any, assessment: Assessment, at: datetime, **kwargs: Any) -> None:
    """A pass becomes a numbered certificate in the approving transaction."""
    services.issue_certificate(assessment=assessment, at=at)
