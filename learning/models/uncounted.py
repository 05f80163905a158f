"""Credited time that a person decided not to count. The ledger itself is never touched."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.models.ledger import LedgerChangedError


class UncountedQuerySet(models.QuerySet["UncountedTime"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerChangedError("a decision about time is never changed")

    def delete(self) -> NoReturn:
        raise LedgerChangedError("a decision about time is never deleted")


class UncountedTime(models.Model):
    """One ledger entry that does not count, with who decided it and why. Append-only.

    `source` names the decision ("training.verdict:7").
    """

    entry = models.OneToOneField(
        "learning.LedgerEntry", on_delete=models.PROTECT, related_name="uncounted"
    )
    source = models.CharField(_("source"), max_length=80)
    reason = models.CharField(_("reason"), max_length=500)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"))

    objects = UncountedQuerySet.as_manager()

    class Meta:
        verbose_name = _("time not counted")
        verbose_name_plural = _("time not counted")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="uncountedtime_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.source}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise LedgerChangedError("a decision about time is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerChangedError("a decision about time is never deleted")
