from courses.models.catalog import CatalogPage, CoursePage, ModulePage
from courses.models.lesson import LessonPage, LessonPost

__all__ = ["CatalogPage", "CoursePage", "LessonPage", "LessonPost", "ModulePage"]
