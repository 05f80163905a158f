"""Queue door of the exports."""

from celery import shared_task
from django.utils import timezone

from reports import services


@shared_task(name="reports.run_export")
def run_export(job_id: str) -> None:
    """Write one report; safe to run twice."""
    services.run_export(job_id=job_id, clock=timezone.now)


@shared_task(name="reports.make_packs")
def make_packs(job_id: str) -> None:
    """Freeze the evidence packs of a job; safe to run twice."""
    services.make_packs(job_id=job_id, clock=timezone.now)


@shared_task(name="reports.clean_orphans", expires=600)
def clean_orphans() -> None:
    """Beat: remove files that no evidence pack names."""
    services.clean_orphans(at=timezone.now())
