"""Who may fetch which file of the media library."""

from typing import Any

from django.db.models import QuerySet

from courses.models import MediaFile, MediaUse
from courses.permissions import reads_all_media
from learning.permissions import previews_courses
from learning.queries.progress import visible_lessons


def visible_media(user: Any) -> QuerySet[MediaFile]:
    """Files that stand in a lesson this person may read; all for staff who read every course,
    since they preview drafts."""
    if previews_courses(user) or reads_all_media(user):
        return MediaFile.objects.all()
    uses = MediaUse.objects.filter(lesson__in=visible_lessons(user).order_by().values("pk"))
    return MediaFile.objects.filter(pk__in=uses.values("media"))
