"""What follows from reviewing, publishing, unpublishing and moving pages of the course tree."""

from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    task_approved,
    task_rejected,
)

from audit.services import record
from courses.models import CatalogPage, CoursePage, LessonPage, PeerReviewTask
from courses.models.base import LearnPage
from courses.queries import LENGTH_OF_COURSE_PATH
from courses.services import freeze_course, note_media_uses, require_review


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


@receiver(post_migrate)
def catalogue_of_an_earlier_release(sender: Any, using: str, **_rest: Any) -> None:
    """A catalogue made before there was a review gets one."""
    if sender.name != "courses":
        return
    tables = set(connections[using].introspection.table_names())
    if {CatalogPage._meta.db_table, PeerReviewTask._meta.db_table} <= tables:
        for top in CatalogPage.objects.using(using).all():
            require_review(top=top)


@receiver(task_approved)
@receiver(task_rejected)
def decision_of_a_reviewer(instance: Any, user: Any, **_rest: Any) -> None:
    """Who approved a lesson or sent it back stands in the audit trail."""
    page = instance.workflow_state.content_object.specific
    if isinstance(page, LessonPage):
        record(
            action=f"courses.lesson_{instance.status}", at=instance.finished_at or timezone.now(),
            actor=user, obj=page, reason=instance.comment[:500],
            detail={"revision": instance.revision_id},
        )  # fmt: skip
