"""Queue doors of the outbox."""

from celery import shared_task
from django.utils import timezone

from jobs import services


@shared_task(name="jobs.deliver")
def deliver(message_id: int) -> None:
    """Run the task that one outbox message names."""
    services.deliver(message_id=message_id, at=timezone.now())


@shared_task(name="jobs.publish_waiting", expires=30)
def publish_waiting() -> None:
    """Beat: publish what waits."""
    services.publish_waiting(at=timezone.now())


@shared_task(name="jobs.heartbeat", expires=30)
def heartbeat() -> None:
    """Beat: a worker is alive and takes tasks."""
    services.note_heartbeat(at=timezone.now())


@shared_task(name="jobs.remove_expired_files")
def remove_expired_files() -> None:
    """Beat: exports do not lie about for ever."""
    services.remove_expired_files(at=timezone.now())
