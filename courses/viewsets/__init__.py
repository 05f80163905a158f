"""The media library and the imports in the Wagtail admin."""

from courses.viewsets.imports import LessonImportViewSet, LessonPasteViewSet
from courses.viewsets.media import MediaChooserViewSet, MediaViewSet
from courses.viewsets.wording import AdvertisingWordViewSet

__all__ = [
    "AdvertisingWordViewSet",
    "LessonImportViewSet",
    "LessonPasteViewSet",
    "MediaChooserViewSet",
    "MediaViewSet",
]
