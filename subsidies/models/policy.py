"""Policies and their frozen versions."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit.numbering import SeriesCounter
from people.choices import Category
from subsidies.choices import PolicyState
from subsidies.rules.terms import Terms, terms_of


class Policy(models.Model):
    """A policy that lives on through its versions."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    audience = models.CharField(_("audience"), max_length=20, choices=Category)

    class Meta:
        verbose_name = _("subsidy policy")
        verbose_name_plural = _("subsidy policies")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def in_force(self, on: date) -> "PolicyVersionQuerySet":
        """Published versions that hold on a day."""
        return self.filter(state=PolicyState.PUBLISHED, valid_from__lte=on).filter(
            Q(valid_to=None) | Q(valid_to__gte=on)
        )


class PolicyVersion(models.Model):
    """One wording of one policy; frozen when published. Claims point here, never at the policy."""

    policy = models.ForeignKey(
        Policy, models.PROTECT, related_name="versions", verbose_name=_("subsidy policy")
    )
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(max_length=10, choices=PolicyState, default=PolicyState.DRAFT)
    data = models.JSONField(_("terms"))
    digest = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    basis_note = models.CharField(_("note on the legal basis"), max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        ordering = ["policy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="policy_version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state=PolicyState.DRAFT)
                | (Q(published_at__isnull=False) & ~Q(digest="")),
                name="policy_version_published_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy.title} v{self.number}"

    @property
    def terms(self) -> Terms:
        return terms_of(self.data)


class QuotaYear(models.Model):
    """How many places of a policy's year are taken; the row is the lock."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="quota_years")
    year = models.PositiveSmallIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "year"], name="quota_year_once_per_policy"),
        ]


class NumberCounter(SeriesCounter):
    """Where each series of claim and batch numbers stands."""
