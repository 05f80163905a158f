"""Asking for a certificate's revocation, and the second person's word on it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates.choices import RevocationGround, RevocationState


class Revocation(models.Model):
    """A request by an officer, confirmed or declined by an approver who is somebody else."""

    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="revocations"
    )
    ground = models.CharField(_("ground"), max_length=20, choices=RevocationGround)
    note = models.TextField(_("reason"), max_length=1000)
    state = models.CharField(max_length=10, choices=RevocationState, default=RevocationState.OPEN)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state="open"),
                name="revocation_one_open_per_certificate",
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state="confirmed"),
                name="revocation_confirmed_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(state__in=["confirmed", "declined"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="revocation_decided_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="revocation_decided_by_another",
            ),
        ]
