"""Queue doors of the exam floor."""

from celery import shared_task
from django.utils import timezone

from exams import services


@shared_task(name="exams.close_overdue", expires=10)
def close_overdue() -> None:
    """Beat: close attempts whose time is over."""
    services.close_overdue(at=timezone.now())
