"""The scheduled event, and the permission of one person to sit it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exams.models.exam import Exam


class Sitting(models.Model):
    """One scheduled event of an exam (场次)."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="sittings", verbose_name=_("exam"))
    title = models.CharField(_("title"), max_length=160)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    room = models.CharField(_("exam room"), max_length=120, blank=True)
    context = models.CharField(
        _("context"), max_length=120, blank=True, help_text="training.trainingclass:ID"
    )

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-opens_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="sitting_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AdmissionQuerySet(models.QuerySet["Admission"]):
    """Reads of admissions."""

    def valid(self) -> "AdmissionQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user: Any) -> "AdmissionQuerySet":
        """One's own."""
        return self.filter(person=user)


class Admission(models.Model):
    """The right of one person to sit, and the ticket 准考证; handed down by training.

    Empty window fields mean the sitting's own window.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="admissions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="exam_admissions"
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    basis = models.JSONField(_("basis"), default=dict)
    ticket_number = models.CharField(_("ticket number"), max_length=20, unique=True)
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    granted_at = models.DateTimeField(_("admitted at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason of withdrawal"), max_length=200, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        ordering = ["ticket_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="admission_valid_once_per_sitting",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="admission_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.ticket_number

    @property
    def window(self) -> tuple[datetime, datetime]:
        """Opening and closing instants that count for this person."""
        return self.opens_at or self.sitting.opens_at, self.closes_at or self.sitting.closes_at
