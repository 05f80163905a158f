"""Queue doors of the roster import."""

from celery import shared_task
from django.utils import timezone

from jobs.models import Job
from people import services


@shared_task(name="people.check_roster")
def check_roster(job_id: str) -> None:
    """Check an uploaded roster."""
    batch_id = Job.objects.get(pk=job_id).params["batch"]
    services.check_batch(batch_id=batch_id, at=timezone.now())


@shared_task(name="people.write_roster")
def write_roster(job_id: str) -> None:
    """Write a checked roster."""
    batch_id = Job.objects.get(pk=job_id).params["batch"]
    services.write_batch(batch_id=batch_id, at=timezone.now())
