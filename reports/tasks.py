"""Queue door of the exports."""

from celery import shared_task
from django.utils import timezone

from reports import services


@shared_task(name="reports.run_export")
def run_export(job_id: str) -> None:
    """Write one report; safe to run twice."""
    services.run_export(job_id=job_id, clock=timezone.now)
