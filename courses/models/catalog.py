"""Catalogue → course → module. A lesson hangs under a module."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from courses.choices import CourseField, CourseKind
from courses.models.base import LEARN_PATH, PREVIEW_TEMPLATE, LearnPage


class CatalogPage(LearnPage):
    """The root of all courses; there is one."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    template = PREVIEW_TEMPLATE
    page_description = _("The root of all courses")

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")


class CoursePage(LearnPage):
    """One course. People see it when they hold a grant (see `learning`)."""

    code = models.SlugField(_("course code"), max_length=255, editable=False, db_index=True)
    intro = models.TextField(_("introduction"), blank=True, max_length=500)
    kind = models.CharField(_("kind"), max_length=12, choices=CourseKind, default=CourseKind.CORE)
    field = models.CharField(
        pgettext_lazy("course", "field"), max_length=12, choices=CourseField, blank=True
    )

    content_panels = [
        *LearnPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("kind"),
        FieldPanel("field"),
    ]
    parent_page_types = ["courses.CatalogPage"]
    subpage_types = ["courses.ModulePage"]
    template = PREVIEW_TEMPLATE
    page_description = _("A course of several modules")

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @property
    def learn_path(self) -> str:
        return f"{LEARN_PATH}courses/{self.slug}/"

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """The code is the slug: unique among the courses of the one catalogue."""
        super().full_clean(*args, **kwargs)
        self.code = self.slug


class ModulePage(LearnPage):
    """A group of lessons inside a course."""

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]
    template = PREVIEW_TEMPLATE
    page_description = _("A group of lessons")

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @property
    def learn_path(self) -> str:
        parent = self.get_parent()
        return f"{LEARN_PATH}courses/{parent.slug}/#{self.slug}"
