"""The media library and the imports in the Wagtail admin."""

from courses.viewsets.imports import LessonImportViewSet
from courses.viewsets.media import MediaChooserViewSet, MediaViewSet

__all__ = ["LessonImportViewSet", "MediaChooserViewSet", "MediaViewSet"]
