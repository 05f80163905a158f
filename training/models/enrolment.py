"""A person's place in a class."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.roles import AUDITOR, FINANCE, HR, OFFICER, has_role
from training.choices import EnrolmentState


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: Any) -> "EnrolmentQuerySet":
        """HR, finance, officers and auditors see all; trainers their classes; people their own."""
        if has_role(user, HR, FINANCE, OFFICER, AUDITOR):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(person=user) | Q(training_class__in=user.taught_classes.values("pk"))
        ).distinct()

    def in_training(self) -> "EnrolmentQuerySet":
        """Places whose result is still open."""
        return self.filter(state=EnrolmentState.ENROLLED)


class Enrolment(models.Model):
    """A place in a class. Category and list price are frozen on the day of enrolment.

    `admitted_at` says since when an exam admission stands; empty while none does.
    """

    training_class = models.ForeignKey(
        "training.TrainingClass",
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=_("class"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=_("trainee"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.ENROLLED
    )
    category = models.CharField(_("trainee category"), max_length=20, blank=True)
    list_price_fen = models.PositiveBigIntegerField(_("list price in fen"))
    enrolled_at = models.DateTimeField(_("enrolled at"))
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("enrolled by"),
        null=True,
    )
    admitted_at = models.DateTimeField(_("admitted to the exam at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["training_class", "person__number"]
        indexes = [models.Index(fields=["person", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "person"], name="enrolment_once_a_class"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["passed", "failed"], completed_at__isnull=False)
                    | Q(state__in=["enrolled", "incomplete"], completed_at__isnull=True)
                ),
                name="enrolment_result_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.training_class.code}"

    @property
    def context(self) -> str:
        """The opaque key under which lower apps keep what belongs to this place."""
        return f"training.enrolment:{self.pk}"
