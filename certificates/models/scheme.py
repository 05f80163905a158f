"""What the certificates of a programme say, and the counters of their numbers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.choices import PaperLanguage
from kit.numbering import SeriesCounter


def default_signatories() -> list[str]:
    """The two lines of the paper that are signed by hand."""
    return ["培训负责人（签字）", "考核负责人（签字）"]


class CertificateScheme(models.Model):
    """One programme's certificate. `title` is the programme as printed; `basis` records what
    allows a title with 师. Issued certificates keep their own copy of all of it."""

    programme = models.OneToOneField(
        "training.Programme",
        on_delete=models.PROTECT,
        related_name="certificate_scheme",
        verbose_name=_("programme"),
    )
    title = models.CharField(_("programme as printed"), max_length=160)
    issuer_name = models.CharField(_("issuer"), max_length=60)
    issuer_uscc = models.CharField(_("issuer's credit code"), max_length=18, blank=True)
    issuer_code = models.CharField(_("issuer code"), max_length=8)
    kind_code = models.CharField(_("kind code"), max_length=2)
    validity_months = models.PositiveSmallIntegerField(
        _("valid for months"), null=True, blank=True, help_text=_("Empty: without end.")
    )
    signatories = models.JSONField(_("signature lines"), default=default_signatories, blank=True)
    basis = models.CharField(_("basis of the title"), max_length=200, blank=True)
    language = models.CharField(
        _("language of the paper"),
        max_length=10,
        choices=PaperLanguage,
        default=PaperLanguage.CHINESE,
    )

    class Meta:
        verbose_name = _("certificate scheme")
        verbose_name_plural = _("certificate schemes")
        ordering = ["programme__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issuer_code__regex=r"^[A-Z0-9]{2,8}$"),
                name="certificatescheme_issuer_code_fits",
            ),
            models.CheckConstraint(
                condition=Q(kind_code__regex=r"^[A-Z0-9]{2}$"),
                name="certificatescheme_kind_code_fits",
            ),
            models.CheckConstraint(
                condition=Q(validity_months__isnull=True) | Q(validity_months__gt=0),
                name="certificatescheme_validity_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NumberCounter(SeriesCounter):
    """Where each series of certificate numbers stands."""
