"""Queue doors of courses."""

from celery import shared_task
from django.utils import timezone

from courses import services


@shared_task(name="courses.clean_imports", expires=600)
def clean_imports() -> None:
    """Beat: remove uploaded files whose preview nobody answered."""
    services.clean_sources(at=timezone.now())


@shared_task(name="courses.remind_reviews", expires=600)
def remind_reviews() -> None:
    """Beat: tell editors and reviewers which lessons are due; once a week and person."""
    services.remind_reviews(at=timezone.now())
