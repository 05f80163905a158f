"""What a person has watched of a recording in a lesson, and every report it stands on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MediaWatch(models.Model):
    """One person, one lesson, one recording: the merged ranges in tenths of a second, and where
    to go on."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="media_watches"
    )
    lesson = models.ForeignKey("courses.LessonPage", models.PROTECT, related_name="media_watches")
    media = models.ForeignKey("courses.MediaFile", models.PROTECT, related_name="watches")
    ranges = models.JSONField(_("watched ranges"), default=list)
    watched_tenths = models.PositiveIntegerField(_("watched, in tenths of a second"), default=0)
    position_tenths = models.PositiveIntegerField(_("position, in tenths of a second"), default=0)
    last_at = models.DateTimeField(_("last report at"))
    completed_at = models.DateTimeField(_("watched through at"), null=True, blank=True)

    class Meta:
        verbose_name = _("watched recording")
        verbose_name_plural = _("watched recordings")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson", "media"], name="mediawatch_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.media_id}"


class WatchReport(models.Model):
    """One report of a player, append-only: what it claimed and what was believed.

    `play` is one page with the player in it; `number` runs from 0 within it.
    """

    watch = models.ForeignKey(MediaWatch, models.PROTECT, related_name="reports")
    play = models.UUIDField()
    number = models.PositiveIntegerField()
    claimed = models.JSONField(default=list)
    claimed_tenths = models.PositiveIntegerField(default=0)
    believed_tenths = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["watch", "play", "number"], name="watchreport_once"),
            models.CheckConstraint(
                condition=Q(believed_tenths__lte=F("claimed_tenths")),
                name="watchreport_believes_no_more_than_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.watch_id} {self.play} {self.number}"
