"""Claims: four people, one claim a person and year, everything that was weighed kept as it was."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit.storage import private_storage
from people import roles
from people.roles import has_role
from subsidies.choices import LIVE_CLAIM_STATES, ClaimState, DocumentKind, DossierKind, Payee
from subsidies.models.policy import PolicyVersion

PERSON = settings.AUTH_USER_MODEL


def actor_key() -> "models.ForeignKey[Any, Any]":
    """A person in one of the four parts of a claim."""
    return models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True, blank=True)


def differ(first: str, second: str) -> Q:
    """Two parts are played by two people, or not both played yet."""
    return (
        Q(**{f"{first}__isnull": True})
        | Q(**{f"{second}__isnull": True})
        | ~Q(**{first: F(second)})
    )


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """HR, finance, approvers and auditors see all claims; a person sees their own."""
        staff = (roles.HR, roles.FINANCE, roles.APPROVER, roles.AUDITOR)
        return self if has_role(user, *staff) else self.filter(person=user)

    def live(self) -> "ClaimQuerySet":
        return self.filter(state__in=LIVE_CLAIM_STATES)


class ClaimBatch(models.Model):
    """Claims of one class under one policy that a unit files together, with one roster."""

    number = models.CharField(max_length=40, unique=True)
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="batches")
    training_class = models.ForeignKey(
        "training.TrainingClass", models.PROTECT, related_name="claim_batches"
    )
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("claim batch")
        verbose_name_plural = _("claim batches")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.number


class Claim(models.Model):
    """One person's claim under one policy version. Amounts in fen."""

    number = models.CharField(_("claim number"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="claims")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="claims")
    enrolment = models.ForeignKey("training.Enrolment", models.PROTECT, related_name="claims")
    certificate = models.ForeignKey(
        "certificates.Certificate", models.PROTECT, related_name="claims", null=True, blank=True
    )
    batch = models.ForeignKey(
        ClaimBatch, models.PROTECT, related_name="claims", null=True, blank=True
    )
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.DRAFT)
    fee_fen = models.PositiveBigIntegerField(_("fee"))
    amount_fen = models.PositiveBigIntegerField(_("amount"))
    payee = models.CharField(_("payee"), max_length=12, choices=Payee)
    snapshot = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    payment_reference = models.CharField(_("payment reference"), max_length=60, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    checked_by = actor_key()
    approved_by = actor_key()
    paid_by = actor_key()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(state__in=LIVE_CLAIM_STATES),
                name="claim_one_live_per_person_and_year",
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state__in=LIVE_CLAIM_STATES),
                name="claim_one_live_per_enrolment",
            ),
            models.CheckConstraint(
                condition=differ("made_by", "checked_by")
                & differ("made_by", "approved_by")
                & differ("made_by", "paid_by")
                & differ("checked_by", "approved_by")
                & differ("checked_by", "paid_by")
                & differ("approved_by", "paid_by"),
                name="claim_four_parts_four_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClaimState.CHECKED, ClaimState.APPROVED, ClaimState.PAID])
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="claim_checked_has_checker",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClaimState.APPROVED, ClaimState.PAID])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="claim_approved_has_approver",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.PAID)
                | (Q(paid_by__isnull=False, paid_at__isnull=False) & ~Q(payment_reference="")),
                name="claim_paid_has_payer",
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__lte=F("fee_fen")), name="claim_amount_within_fee"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ClaimDocument(models.Model):
    """A paper handed in with a claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=40)
    file = models.FileField(storage=private_storage, upload_to="claims/%Y/%m")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "pk"]

    @property
    def kind_label(self) -> str:
        """What the paper is, in words."""
        return str(DocumentKind(self.kind).label)


class ClaimEvent(models.Model):
    """One step of a claim, append-only: who did what, when and why."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=ClaimState)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]


class Dossier(models.Model):
    """A PDF made of a claim or a batch; the file appears when the task has made it."""

    kind = models.CharField(max_length=12, choices=DossierKind)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="dossiers", null=True, blank=True)
    batch = models.ForeignKey(
        ClaimBatch, models.PROTECT, related_name="dossiers", null=True, blank=True
    )
    version = models.PositiveSmallIntegerField(default=1)
    snapshot = models.JSONField(default=dict)
    file = models.FileField(storage=private_storage, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=DossierKind.APPLICATION, claim__isnull=False, batch__isnull=True)
                | Q(kind=DossierKind.ROSTER, claim__isnull=True, batch__isnull=False),
                name="dossier_belongs_to_claim_or_batch",
            ),
            models.CheckConstraint(
                condition=Q(file="", made_at__isnull=True) | (~Q(file="") & ~Q(sha256="")),
                name="dossier_made_has_file_and_hash",
            ),
        ]
