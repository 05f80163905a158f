"""The media library and the imports in the Wagtail admin."""

from courses.viewsets.imports import LessonImportViewSet, LessonPasteViewSet
from courses.viewsets.media import MediaChooserViewSet, MediaViewSet

__all__ = ["LessonImportViewSet", "LessonPasteViewSet", "MediaChooserViewSet", "MediaViewSet"]
