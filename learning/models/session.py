"""One stretch of study in one open page."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.choices import EndReason, NoCredit


class StudySession(models.Model):
    """A person studies in one place at a time: at most one session is open.

    All instants are the server's clock. `last_beat_at` is the one up to which time has been
    accounted for, `input_at` the last sign of the person, `asked_at` since when "still studying?"
    waits for an answer. While `pause` names a reason nothing is credited. `last_seq` is the
    highest number of a report that was taken.
    `lesson_version` is what is read; empty on rows from before versions were kept.
    `allowed_seconds` is what the lesson may credit in all, the longest plan of the classes that
    wait for it; on rows from before it was kept the plan of what is read.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="study_sessions"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="study_sessions"
    )
    lesson_version = models.ForeignKey(
        "courses.LessonVersion",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lesson version"),
        null=True,
    )
    allowed_seconds = models.PositiveIntegerField(_("seconds to be credited at most"), null=True)
    started_at = models.DateTimeField(_("started at"))
    last_beat_at = models.DateTimeField(_("last beat at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    pause = models.CharField(_("pause"), max_length=12, choices=NoCredit, blank=True)
    input_at = models.DateTimeField(_("last input at"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    last_seq = models.PositiveIntegerField(_("last report"), default=0)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)

    class Meta:
        verbose_name = _("study session")
        verbose_name_plural = _("study sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="studysession_one_open_a_person"
            ),
            models.CheckConstraint(
                condition=Q(last_beat_at__gte=F("started_at")),
                name="studysession_beats_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "-last_beat_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def planned_seconds(self) -> int:
        """What the lesson may credit in all, fixed when it was opened."""
        return int(self.allowed_seconds or self._read.planned_seconds)

    @property
    def read_title(self) -> str:
        """What the lesson was called when it was opened."""
        return str(self._read.title)

    @property
    def _read(self) -> Any:
        return self.lesson_version or self.lesson
