"""First sign-in without e-mail: printed slips, and the link that makes the first administrator."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ActivationSlip(models.Model):
    """A one-time code that lets its holder set a password. Only the keyed hash is stored."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activation_slips"
    )
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    expires_at = models.DateTimeField(_("expires at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="slips_issued",
        verbose_name=_("issued by"),
    )
    identity_check = models.CharField(
        _("how the identity was checked"), max_length=200, blank=True, default=""
    )
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("activation slip")
        verbose_name_plural = _("activation slips")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="slip_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="slip_expires_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="slip_used_or_withdrawn_not_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.issued_at:%Y-%m-%d}"


class SetupLink(models.Model):
    """A one-time link that makes the first administrator of an empty installation."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="setuplink_expires_after_creation"
            ),
        ]
