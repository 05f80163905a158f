"""What a course was when it was published. Rows are only added; classes and evidence name them."""

import copy
import json
from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.choices import CourseKind, Level
from courses.models.catalog import CoursePage
from courses.models.lesson import LessonPage
from courses.rules.versions import PLAIN, STREAMS

DIGEST_LENGTH = 64

Row = TypeVar("Row", bound=models.Model)


class VersionChangedError(RuntimeError):
    """Somebody tried to change or delete what was published."""


class FrozenQuerySet(models.QuerySet[Row]):
    """Rows that are only added."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise VersionChangedError("a published version is never changed")

    def delete(self) -> NoReturn:
        raise VersionChangedError("a published version is never deleted")


class FrozenRow(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise VersionChangedError("a published version is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise VersionChangedError("a published version is never deleted")


class LessonVersion(FrozenRow):
    """What a lesson said. Content-addressed: the same words are stored once, however often
    they are published, and many course versions share one row.
    """

    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(_("digest"), max_length=DIGEST_LENGTH)
    title = models.CharField(_("title"), max_length=255)
    level = models.CharField(_("lesson level"), max_length=12, choices=Level)
    planned_seconds = models.PositiveIntegerField(_("planned seconds"))
    content = models.JSONField(_("as published"))
    check_ids = models.JSONField(_("parts that are quick checks"), default=list)
    frozen_at = models.DateTimeField(_("published at"))

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson version")
        verbose_name_plural = _("lesson versions")
        ordering = ["lesson", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "number"], name="lessonversion_numbers_run_once"
            ),
            models.UniqueConstraint(
                fields=["lesson", "digest"], name="lessonversion_content_is_stored_once"
            ),
            models.CheckConstraint(
                condition=Q(planned_seconds__gte=1) & Q(number__gte=1),
                name="lessonversion_plans_some_seconds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    def reading(self) -> LessonPage:
        """The lesson as it was published: a page to read that refuses to be saved.

        Costs no query when `lesson` is loaded.
        """
        page = copy.copy(self.lesson)
        for name in PLAIN:
            setattr(page, name, self.content[name])
        for name in STREAMS:
            setattr(page, name, json.dumps(self.content[name]))
        page.last_published_at = self.frozen_at
        page.version = self
        return page


class CourseVersionQuerySet(FrozenQuerySet["CourseVersion"]):
    def newest(self) -> "CourseVersionQuerySet":
        """The last version of each course."""
        later = CourseVersion.objects.filter(
            course=OuterRef("course"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


class CourseVersion(FrozenRow):
    """A course as it was after one publishing: its words, its modules, its lessons in order.

    `outline` holds slug, title, intro, kind and the modules ({id, title, slug} in order).
    """

    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(_("digest"), max_length=DIGEST_LENGTH)
    outline = models.JSONField(_("as published"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.CharField(_("published by"), max_length=160, blank=True)
    lesson_versions = models.ManyToManyField(LessonVersion, through="VersionLesson")

    objects = CourseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], name="courseversion_numbers_run_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="courseversion_numbers_start_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outline['title']} v{self.number}"

    @property
    def title(self) -> str:
        """The course's title as it was."""
        return str(self.outline["title"])

    def reading(self) -> CoursePage:
        """The course as it was published: a page to read that refuses to be saved."""
        page = copy.copy(self.course)
        page.title = self.outline["title"]  # the address follows the page
        page.intro, page.kind = self.outline["intro"], CourseKind(self.outline["kind"])
        page.version = self
        return page


class VersionLesson(FrozenRow):
    """The place of a lesson in a version of a course; `module` counts the modules from 0."""

    course_version = models.ForeignKey(
        CourseVersion, on_delete=models.PROTECT, related_name="places"
    )
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="version_places")
    lesson_version = models.ForeignKey(
        LessonVersion, on_delete=models.PROTECT, related_name="places"
    )
    module = models.PositiveSmallIntegerField(_("module"))
    place = models.PositiveSmallIntegerField(_("place"))

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson of a version")
        verbose_name_plural = _("lessons of a version")
        ordering = ["course_version", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["course_version", "lesson"], name="versionlesson_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["course_version", "place"], name="versionlesson_one_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_version_id} #{self.place} {self.lesson_id}"


class LessonText(models.Model):
    """The searchable words of a lesson version; can be made anew from it at any time."""

    version = models.OneToOneField(
        LessonVersion, on_delete=models.PROTECT, primary_key=True, related_name="words"
    )
    text = models.TextField(_("text"))
    tokens = models.TextField(_("searchable words"))

    class Meta:
        verbose_name = _("searchable text")
        verbose_name_plural = _("searchable texts")

    def __str__(self) -> str:
        return f"{self.version_id}"
