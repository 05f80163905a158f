"""What HR knows about a person. Numbers of papers and accounts are sealed at rest."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.choices import Category, IdType, Sex
from people.models.organisation import Post, Unit


class Profile(models.Model):
    """One person's record beside the account.

    `*_sealed` holds the encrypted number, `*_hash` a keyed hash to look it up and to keep it
    unique, `*_masked` the only form that screens show without a recorded reason.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="profile",
        verbose_name=_("account"),
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True, default="")
    id_type = models.CharField(
        _("kind of identity document"), max_length=20, choices=IdType, default=IdType.RESIDENT
    )
    id_number_sealed = models.TextField(blank=True, default="")
    id_number_hash = models.CharField(max_length=64, blank=True, default="")
    id_number_masked = models.CharField(
        _("identity document number"), max_length=40, blank=True, default=""
    )
    born_on = models.DateField(_("born on"), null=True, blank=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("unit"),
    )
    post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("post"),
    )
    category = models.CharField(
        _("trainee category"), max_length=12, choices=Category, default=Category.OTHER
    )
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=40, blank=True, default="")
    household = models.CharField(
        _("household registration"), max_length=120, blank=True, default=""
    )
    employment_permit_no = models.CharField(
        _("employment permit number"), max_length=40, blank=True, default=""
    )
    bank_name = models.CharField(_("bank"), max_length=80, blank=True, default="")
    bank_account_sealed = models.TextField(blank=True, default="")
    bank_account_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    bank_account_masked = models.CharField(_("bank account"), max_length=40, blank=True, default="")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("direct supervisor"),
    )

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["user__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_hash"],
                condition=~Q(id_number_hash=""),
                name="profile_id_number_once",
            ),
            models.CheckConstraint(
                condition=Q(id_number_sealed="", id_number_hash="", id_number_masked="")
                | (~Q(id_number_sealed="") & ~Q(id_number_hash="") & ~Q(id_number_masked="")),
                name="profile_id_number_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(bank_account_sealed="", bank_account_hash="", bank_account_masked="")
                | (
                    ~Q(bank_account_sealed="")
                    & ~Q(bank_account_hash="")
                    & ~Q(bank_account_masked="")
                ),
                name="profile_bank_account_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(supervisor__isnull=True) | ~Q(supervisor=F("user")),
                name="profile_not_own_supervisor",
            ),
            models.CheckConstraint(
                condition=Q(born_on__isnull=True)
                | Q(hired_on__isnull=True)
                | Q(hired_on__gt=F("born_on")),
                name="profile_hired_after_birth",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
