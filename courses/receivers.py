"""What follows from publishing a lesson."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from courses.models import LessonPage
from courses.services import note_media_uses


@receiver(page_published, sender=LessonPage)
def files_of_a_published_lesson(instance: LessonPage, **_rest: Any) -> None:
    """Its readers may fetch the files in it from now on."""
    note_media_uses(lesson=instance)
