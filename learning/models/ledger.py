"""The ledger of study seconds, and what it adds up to for each lesson."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.choices import StudyKind

LONGEST_BEAT_SECONDS = 60


class LedgerChangedError(RuntimeError):
    """Somebody tried to change or delete credited time."""


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerChangedError("credited time is never changed")

    def delete(self) -> NoReturn:
        raise LedgerChangedError("credited time is never deleted")


class LedgerEntry(models.Model):
    """Seconds credited by one event. Append-only: class hours of a claim stand on these rows.

    `event` is null only where the credit is older than the record of events.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ledger_entries"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="ledger_entries"
    )
    session = models.ForeignKey(
        "learning.StudySession", on_delete=models.PROTECT, related_name="ledger_entries"
    )
    event = models.ForeignKey(
        "learning.StudyEvent", on_delete=models.PROTECT, related_name="entries", null=True
    )
    seconds = models.PositiveSmallIntegerField(_("seconds"))
    kind = models.CharField(_("kind"), max_length=12, choices=StudyKind, default=StudyKind.READING)
    day = models.DateField(_("day in China"))
    at = models.DateTimeField(_("credited at"))

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["person", "day"]),
            models.Index(fields=["person", "lesson", "at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconds__gte=1) & Q(seconds__lte=LONGEST_BEAT_SECONDS),
                name="ledgerentry_is_one_beat_long",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} +{self.seconds}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise LedgerChangedError("credited time is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerChangedError("credited time is never deleted")


class LessonProgress(models.Model):
    """The sum of a person's ledger entries for one lesson, kept beside them.

    `uncounted_seconds` is the part of it that a decision took out of the count.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lesson_progress"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="progress"
    )
    credited_seconds = models.PositiveIntegerField(_("credited seconds"), default=0)
    uncounted_seconds = models.PositiveIntegerField(_("seconds not counted"), default=0)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    last_at = models.DateTimeField(_("last studied at"))

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson"], name="lessonprogress_one_a_person_and_lesson"
            ),
            models.CheckConstraint(
                condition=Q(uncounted_seconds__lte=models.F("credited_seconds")),
                name="lessonprogress_takes_out_what_is_there",
            ),
        ]
        indexes = [models.Index(fields=["person", "-last_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.credited_seconds}"

    @property
    def standing_seconds(self) -> int:
        """What was credited and has not been taken out of the count."""
        return self.credited_seconds - self.uncounted_seconds
