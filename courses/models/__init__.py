from courses.models.catalog import CatalogPage, CoursePage, ModulePage
from courses.models.lesson import LessonPage, LessonPost
from courses.models.media import MediaFile, MediaUse

__all__ = [
    "CatalogPage",
    "CoursePage",
    "LessonPage",
    "LessonPost",
    "MediaFile",
    "MediaUse",
    "ModulePage",
]
