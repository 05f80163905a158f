"""One stretch of study in one open page."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.choices import EndReason


class StudySession(models.Model):
    """A person studies in one place at a time: at most one session is open.

    `last_beat_at` is the instant up to which time has been accounted for, by the server's clock.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="study_sessions"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="study_sessions"
    )
    started_at = models.DateTimeField(_("started at"))
    last_beat_at = models.DateTimeField(_("last beat at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
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
