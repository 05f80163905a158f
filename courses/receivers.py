"""What follows from publishing, unpublishing and moving a page of the course tree."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.models import CoursePage, LessonPage
from courses.models.base import LearnPage
from courses.queries import LENGTH_OF_COURSE_PATH
from courses.services import freeze_course, note_media_uses


@receiver(page_published, sender=LessonPage)
def files_of_a_published_lesson(instance: LessonPage, **_rest: Any) -> None:
    """Its readers may fetch the files in it from now on."""
    note_media_uses(lesson=instance)


@receiver([page_published, page_unpublished, post_page_move])
def freeze_changed_courses(sender: Any, instance: Page, **kwargs: Any) -> None:
    """What a course, or two, reads like has changed: freeze it as it is now."""
    if not issubclass(sender, LearnPage):
        return
    pages = [instance, kwargs.get("parent_page_before"), kwargs.get("parent_page_after")]
    at = timezone.now()
    for course in _courses_over([page for page in pages if page is not None]):
        freeze_course(course=course, at=at)


def _courses_over(pages: list[Page]) -> list[CoursePage]:
    length = LENGTH_OF_COURSE_PATH
    paths = {page.path[:length] for page in pages if len(page.path) >= length}
    return list(CoursePage.objects.filter(path__in=paths).order_by("path"))
