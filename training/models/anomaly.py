"""What should be looked at in somebody's record of study, and what a person made of it."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.choices import AnomalyKind, Verdict


class FrozenRowError(RuntimeError):
    """Somebody tried to change or delete a finding or a verdict."""


class FrozenQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenRowError("findings and verdicts are never changed")

    def delete(self) -> NoReturn:
        raise FrozenRowError("findings and verdicts are never deleted")


class FrozenModel(models.Model):
    """A row that is written once."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenRowError("findings and verdicts are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRowError("findings and verdicts are never deleted")


class StudyAnomaly(FrozenModel):
    """A finding of the rules (training/rules/anomalies.py). It changes nothing by itself.

    `evidence` holds since, until, seconds, count, and the ids of ledger entries and study sessions.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="study_anomalies"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AnomalyKind)
    day = models.DateField(_("day in China"))
    key = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(_("evidence"), default=dict)
    found_at = models.DateTimeField(_("found at"))

    class Meta:
        verbose_name = _("finding in study records")
        verbose_name_plural = _("findings in study records")
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "day", "key"], name="studyanomaly_is_found_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.kind}"


class AnomalyVerdict(FrozenModel):
    """What a person decided about a finding; the latest stands, earlier ones stay."""

    anomaly = models.ForeignKey(StudyAnomaly, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=500)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(_("judged at"))

    class Meta:
        verbose_name = _("verdict on a finding")
        verbose_name_plural = _("verdicts on findings")
        ordering = ["-judged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="anomalyverdict_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.anomaly_id} {self.verdict}"
