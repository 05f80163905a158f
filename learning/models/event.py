"""What happened in a study session: the evidence under every credited second."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.choices import EventKind, NoCredit
from learning.models.ledger import LONGEST_BEAT_SECONDS, LedgerChangedError


class StudyEventQuerySet(models.QuerySet["StudyEvent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerChangedError("a study event is never changed")

    def delete(self) -> NoReturn:
        raise LedgerChangedError("a study event is never deleted")


class StudyEvent(models.Model):
    """One sign from an open lesson, as the server saw it. Append-only.

    `at` is the server's clock; `seq` the page's own number of the report, which no session takes
    twice (null: noted by the server itself). `seconds` were credited by this event and stand in
    the ledger entries that point here; without any, `reason` says why. `idle_seconds` is how long
    the page had seen no input. Device and address are keyed hashes: they can be compared, not read.
    """

    session = models.ForeignKey(
        "learning.StudySession", on_delete=models.PROTECT, related_name="events", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="study_events",
        db_index=False,
    )
    seq = models.PositiveIntegerField(_("number of the report"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    at = models.DateTimeField(_("noted at"))
    seconds = models.PositiveSmallIntegerField(_("seconds"), default=0)
    reason = models.CharField(_("why nothing"), max_length=12, choices=NoCredit, blank=True)
    idle_seconds = models.PositiveIntegerField(_("seconds without input"), null=True, blank=True)
    device_label = models.CharField(_("device"), max_length=40, blank=True)
    device_hash = models.CharField(max_length=32, blank=True)
    address_hash = models.CharField(max_length=32, blank=True)

    objects = StudyEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("study event")
        verbose_name_plural = _("study events")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "seq"], name="studyevent_takes_a_report_once"
            ),
            models.CheckConstraint(
                condition=Q(seconds__lte=LONGEST_BEAT_SECONDS),
                name="studyevent_is_one_beat_long",
            ),
            models.CheckConstraint(
                condition=Q(seconds=0) | Q(reason=""), name="studyevent_credits_or_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "at"]),
            models.Index(fields=["device_hash", "at"]),
            models.Index(fields=["address_hash", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind} +{self.seconds}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise LedgerChangedError("a study event is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerChangedError("a study event is never deleted")
