"""What a person keeps for oneself: where one stopped, notes and bookmarks. Nobody else reads it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OwnQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "OwnQuerySet":
        """One's own rows; there is no role that reads somebody else's."""
        return self.filter(person_id=user.pk)


class ReadingPlace(models.Model):
    """The part of a lesson where a person stopped, on whatever device that was."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_places"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.CASCADE, related_name="reading_places"
    )
    part = models.CharField(_("part of the lesson"), max_length=48)
    at = models.DateTimeField(_("read at"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading place")
        verbose_name_plural = _("reading places")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson"], name="readingplace_one_a_person_and_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} #{self.part}"


class LessonNote(models.Model):
    """A note to one part of a lesson, or (part empty) to the lesson as a whole.

    `heading` keeps the name of the part as it was, so the note stays readable when the part goes.
    `version` counts what has been stored; `writer` and `seq` tell the page that stored it last.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_notes"
    )
    lesson = models.ForeignKey("courses.LessonPage", on_delete=models.PROTECT, related_name="notes")
    part = models.CharField(_("part of the lesson"), max_length=48, blank=True)
    heading = models.CharField(_("name of the part"), max_length=255, blank=True)
    text = models.TextField(pgettext_lazy("of one's own", "note"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    writer = models.CharField(_("written by page"), max_length=36)
    seq = models.PositiveIntegerField(_("number in that page"), default=1)
    saved_at = models.DateTimeField(_("saved at"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson note")
        verbose_name_plural = _("lesson notes")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson", "part"], name="lessonnote_one_a_person_and_part"
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="lessonnote_versions_begin_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} #{self.part} v{self.version}"


class Bookmark(models.Model):
    """A lesson a person wants to find again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.CASCADE, related_name="bookmarks"
    )
    made_at = models.DateTimeField(_("made at"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson"], name="bookmark_one_a_person_and_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id}"
