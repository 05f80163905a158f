"""Course trees, published, under the root page Wagtail's migrations make."""

import itertools

from wagtail.models import Locale, Page

from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage

_numbers = itertools.count(1)


def root():
    """The root page; transactional tests flush it and the locale away."""
    Locale.objects.get_or_create(language_code="zh-hans")
    found = Page.objects.filter(depth=1).first()
    return found or Page.add_root(instance=Page(title="Root", slug="root"))


def make_catalog():
    found = CatalogPage.objects.first()
    if found:
        return found
    return root().add_child(instance=CatalogPage(title="课程目录", slug="catalogue"))


def CourseFactory(**fields):
    number = next(_numbers)
    fields = {"title": f"课程{number}", "slug": f"course-{number}"} | fields
    return make_catalog().add_child(instance=CoursePage(**fields))


def ModuleFactory(course=None, **fields):
    number = next(_numbers)
    fields = {"title": f"模块{number}", "slug": f"module-{number}"} | fields
    return (course or CourseFactory()).add_child(instance=ModulePage(**fields))


def LessonFactory(module=None, **fields):
    """A lesson of 120 planned seconds, unless said otherwise."""
    number = next(_numbers)
    fields = {
        "title": f"课{number}", "slug": f"lesson-{number}", "planned_seconds": 120,
    } | fields  # fmt: skip
    return (module or ModuleFactory()).add_child(instance=LessonPage(**fields))


def lesson_of(course, **fields):
    """A lesson in the course's first module, which is made when there is none."""
    module = ModulePage.objects.child_of(course).first() or ModuleFactory(course=course)
    return LessonFactory(module=module, **fields)
