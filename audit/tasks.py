"""Queue door of the seals."""

from celery import shared_task
from django.utils import timezone

from audit import services


@shared_task(name="audit.seal_rows", expires=60)
def seal_rows() -> None:
    """Beat: chain what was committed."""
    services.seal_rows(at=timezone.now())
