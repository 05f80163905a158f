"""Queue doors of courses."""

from celery import shared_task
from django.utils import timezone

from courses import services


@shared_task(name="courses.clean_imports", expires=600)
def clean_imports() -> None:
    """Beat: remove uploaded files whose preview nobody answered."""
    services.clean_sources(at=timezone.now())
