"""The outbox: what must be done in the background, written in the transaction that asks for it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.choices import MessageState

OPEN_STATES = (MessageState.WAITING, MessageState.RUNNING)


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def open(self) -> "OutboxQuerySet":
        """Neither done nor given up."""
        return self.filter(state__in=OPEN_STATES)

    def due(self, at: datetime) -> "OutboxQuerySet":
        """Open, and not held back or leased at that instant."""
        return self.open().filter(due_at__lte=at)

    def unhinted(self, at: datetime, patience: timedelta) -> "OutboxQuerySet":
        """The queue has not been told lately."""
        return self.filter(Q(hinted_at__isnull=True) | Q(hinted_at__lte=at - patience))


class OutboxMessage(models.Model):
    """One call of one task. The queue is only a hint; this row is the truth."""

    task = models.CharField(max_length=120)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Not before this instant; also the end of a lease.")
    hinted_at = models.DateTimeField(null=True, help_text="When the queue was last told.")
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="message_key_once"),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.task} #{self.pk} ({self.state})"
