"""Queue doors of training."""

from celery import shared_task
from django.utils import timezone

from training import services


@shared_task(name="training.find_anomalies", expires=3600)
def find_anomalies() -> None:
    """Beat: look through the whole days of the last week."""
    services.find_anomalies(at=timezone.now())
