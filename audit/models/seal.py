"""Seals over committed audit rows. They live beside the rows, which are never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditSeal(models.Model):
    """One link of the chain: a batch of rows, hashed together with the link before."""

    number = models.PositiveBigIntegerField(unique=True)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    row_count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"#{self.number} {self.hash[:12]}"


class SealedRow(models.Model):
    """Which seal covers a row, and what the row said. A plain id: a row that is deleted behind
    our back must leave this trace of itself."""

    row_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(AuditSeal, on_delete=models.PROTECT, related_name="rows")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.row_id}: {self.digest[:12]}"
