"""One session of a class's timetable."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ClassSessionQuerySet(models.QuerySet["ClassSession"]):
    def ended(self, at: datetime) -> "ClassSessionQuerySet":
        """Sessions that are over at this instant."""
        return self.filter(ends_at__lte=at)


class ClassSession(models.Model):
    """A session: the place where attendance is taken. `seconds` is its worth in class time."""

    training_class = models.ForeignKey(
        "training.TrainingClass",
        on_delete=models.CASCADE,
        related_name="sessions",
        verbose_name=_("class"),
    )
    day = models.PositiveSmallIntegerField(_("day"))
    number = models.PositiveSmallIntegerField(_("number in the day"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    title = models.CharField(_("title"), max_length=120)
    theme = models.CharField(_("theme of the day"), max_length=120, blank=True)
    mode = models.CharField(_("teaching method"), max_length=40, blank=True)
    room = models.CharField(_("room"), max_length=60, blank=True)
    seconds = models.PositiveIntegerField(_("class time in seconds"))
    activity_codes = models.JSONField(_("scored activities"), default=list, blank=True)

    objects = ClassSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["day", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "day", "number"], name="classsession_once_a_slot"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="classsession_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}-{self.number} {self.title}"
