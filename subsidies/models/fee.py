"""What a trainee owes, is let off, and has paid. All money in fen."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people import roles
from people.roles import has_role
from subsidies.choices import WaiverState
from subsidies.models.policy import PolicyVersion


class ReceivableQuerySet(models.QuerySet["Receivable"]):
    def visible_to(self, user: Any) -> "ReceivableQuerySet":
        """Finance, HR, approvers and auditors see all; a trainee sees their own."""
        staff = (roles.FINANCE, roles.HR, roles.APPROVER, roles.AUDITOR)
        return self if has_role(user, *staff) else self.filter(enrolment__person=user)


class Receivable(models.Model):
    """The fee of one enrolment: list price − waiver = due."""

    enrolment = models.OneToOneField(
        "training.Enrolment", models.PROTECT, related_name="receivable"
    )
    list_price_fen = models.PositiveBigIntegerField(_("list price"))
    waiver_fen = models.PositiveBigIntegerField(_("waiver"), default=0)
    due_fen = models.PositiveBigIntegerField(_("due"))
    paid_fen = models.PositiveBigIntegerField(_("paid"), default=0)
    created_at = models.DateTimeField()

    objects = ReceivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("receivable")
        verbose_name_plural = _("receivables")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(list_price_fen=F("waiver_fen") + F("due_fen")),
                name="receivable_price_is_waiver_plus_due",
            ),
            models.CheckConstraint(
                condition=Q(paid_fen__lte=F("due_fen")), name="receivable_paid_within_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}"

    @property
    def open_fen(self) -> int:
        return self.due_fen - self.paid_fen

    @property
    def waiver(self) -> "Waiver | None":
        """The newest waiver asked for; prefetch `waivers` where many are shown."""
        return next(iter(self.waivers.all()), None)


class Waiver(models.Model):
    """A part of the fee that is let off before payment (P2). A refused one stays on record; after
    it the fee may be asked to be waived again."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="waivers")
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="waivers")
    amount_fen = models.PositiveBigIntegerField(_("amount"))
    state = models.CharField(max_length=10, choices=WaiverState, default=WaiverState.REQUESTED)
    evidence = models.CharField(_("evidence"), max_length=200)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["receivable"],
                condition=~Q(state=WaiverState.REFUSED),
                name="waiver_one_standing_a_fee",
            ),
            models.CheckConstraint(
                condition=Q(state=WaiverState.REQUESTED, decided_by__isnull=True)
                | Q(
                    state__in=[WaiverState.APPROVED, WaiverState.REFUSED],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="waiver_decided_has_decider",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="waiver_decider_is_another_person",
            ),
        ]


class Payment(models.Model):
    """Money received, with its receipt. Never changed; a mistake is reversed by a negative one."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="payments")
    amount_fen = models.BigIntegerField(_("amount"))
    paid_on = models.DateField(_("paid on"))
    receipt_number = models.CharField(_("receipt number"), max_length=40, unique=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-paid_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="payment_amount_is_not_zero"),
        ]
