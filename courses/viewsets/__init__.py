"""The media library and the imports in the Wagtail admin."""

from courses.viewsets.imports import LessonImportViewSet, LessonPasteViewSet
from courses.viewsets.media import MediaChooserViewSet, MediaViewSet
from courses.viewsets.pages import LearnPageViewSet, offer_decisions
from courses.viewsets.practice import PracticeChooserViewSet
from courses.viewsets.wording import AdvertisingWordViewSet

__all__ = [
    "AdvertisingWordViewSet",
    "LearnPageViewSet",
    "LessonImportViewSet",
    "LessonPasteViewSet",
    "MediaChooserViewSet",
    "MediaViewSet",
    "PracticeChooserViewSet",
    "offer_decisions",
]
