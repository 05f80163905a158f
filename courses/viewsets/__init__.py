"""The media library in the Wagtail admin: its list, its forms, and choosing from it in a lesson."""

from courses.viewsets.media import MediaChooserViewSet, MediaViewSet

__all__ = ["MediaChooserViewSet", "MediaViewSet"]
