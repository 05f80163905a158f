"""Why a process mark is what it is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.choices import EvidenceItem


class ProcessEvidenceQuerySet(models.QuerySet["ProcessEvidence"]):
    def standing(self) -> "ProcessEvidenceQuerySet":
        """Marks that count: not replaced by a later one."""
        return self.filter(superseded_at__isnull=True)


class ProcessEvidence(models.Model):
    """Points for one activity. A change is a new row that supersedes the old one."""

    enrolment = models.ForeignKey(
        "training.Enrolment",
        on_delete=models.PROTECT,
        related_name="evidence",
        verbose_name=_("enrolment"),
    )
    item = models.CharField(_("process item"), max_length=16, choices=EvidenceItem.choices)
    activity_code = models.CharField(_("activity"), max_length=20)
    level = models.CharField(_("level"), max_length=20, blank=True)
    points = models.DecimalField(_("points awarded"), max_digits=6, decimal_places=2)
    max_points = models.DecimalField(_("full points"), max_digits=6, decimal_places=2)
    note = models.TextField(_("grounds"), blank=True, max_length=500)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("given by"),
    )
    given_at = models.DateTimeField(_("given at"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)

    objects = ProcessEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("process evidence")
        verbose_name_plural = _("process evidence")
        ordering = ["enrolment", "activity_code", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity_code"],
                condition=Q(superseded_at__isnull=True),
                name="processevidence_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0) & Q(points__lte=F("max_points")) & Q(max_points__gt=0),
                name="processevidence_points_within_max",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_code} {self.points}/{self.max_points}"
