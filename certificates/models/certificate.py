"""A certificate: its number, the frozen data it stands on, and its paper."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.choices import CertificateState, StuckCode
from kit.storage import private_storage
from people.roles import APPROVER, AUDITOR, HR, OFFICER, has_role

SEE_ALL = (OFFICER, APPROVER, AUDITOR, HR)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any) -> "CertificateQuerySet":
        """Officers, approvers, auditors and HR see all; a person sees his own."""
        if has_role(user, *SEE_ALL):
            return self
        return self.filter(person=user) if user.is_authenticated else self.none()

    def issued(self) -> "CertificateQuerySet":
        """Those the public may ask about: the paper exists, or existed and was revoked."""
        return self.filter(ready_at__isnull=False)

    def valid_on(self, day: date) -> "CertificateQuerySet":
        """In force on a day."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day)).filter(
            state=CertificateState.VALID
        )


class Certificate(models.Model):
    """A 培训合格证书. `snapshot` is everything printed, frozen with its digest; the paper is
    made from it alone. Never deleted; a mistake is revoked."""

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.CharField(_("certificate number"), max_length=32, unique=True)
    code = models.CharField(max_length=26, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="certificates",
        verbose_name=_("holder"),
    )
    assessment = models.ForeignKey(
        "exams.Assessment", on_delete=models.PROTECT, related_name="certificates"
    )
    enrolment = models.ForeignKey(
        "training.Enrolment", on_delete=models.PROTECT, related_name="certificates"
    )
    scheme = models.ForeignKey(
        "certificates.CertificateScheme", on_delete=models.PROTECT, related_name="certificates"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=CertificateState, default=CertificateState.PENDING
    )
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField()
    file = models.FileField(storage=private_storage, max_length=120, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    render_tries = models.PositiveSmallIntegerField(default=0)
    render_round = models.PositiveSmallIntegerField(default=1)
    stuck_code = models.CharField(max_length=20, choices=StuckCode, blank=True)
    stuck_detail = models.CharField(max_length=500, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"]), models.Index(fields=["person", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state__in=["pending", "valid"]),
                name="certificate_one_live_per_enrolment",
            ),
            models.CheckConstraint(
                condition=Q(file="", file_sha256="", ready_at__isnull=True)
                | (~Q(file="") & ~Q(file_sha256="") & Q(ready_at__isnull=False)),
                name="certificate_paper_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", ready_at__isnull=True)
                | Q(state="valid", ready_at__isnull=False)
                | Q(state="revoked"),
                name="certificate_valid_has_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_at__isnull=False)
                | (~Q(state="revoked") & Q(revoked_at__isnull=True)),
                name="certificate_revoked_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="certificate_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: a certificate is revoked, never deleted."""
        raise TypeError("a certificate is never deleted")

    @property
    def stuck_reason(self) -> str:
        """Why the paper waits, in the reader's language; empty when nothing holds it up."""
        if not self.stuck_code:
            return ""
        return str(StuckCode(self.stuck_code).label).format(detail=self.stuck_detail)

    @property
    def file_name(self) -> str:
        """What the holder's download is called."""
        return f"{self.snapshot['name']}_{self.number}.pdf"

    def has_expired(self, on: date) -> bool:
        """Past its last day."""
        return self.expires_on is not None and self.expires_on < on

    def shown_state(self, on: date) -> str:
        """pending, stuck, valid, expired or revoked: what a person is told on a day."""
        if self.state == CertificateState.PENDING:
            return "stuck" if self.stuck_code else "pending"
        if self.state == CertificateState.VALID and self.has_expired(on):
            return "expired"
        return self.state
