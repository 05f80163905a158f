"""A class: one cohort that takes one programme between two days."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.roles import AUDITOR, HR, OFFICER, TRAINER, has_role
from training.choices import NEXT_STEPS, ClassState
from training.rules.timetable import Activity, activities_of


class TrainingClassQuerySet(models.QuerySet["TrainingClass"]):
    def visible_to(self, user: Any) -> "TrainingClassQuerySet":
        """HR, officers and auditors see all; trainers theirs; trainees the ones they are in."""
        if has_role(user, HR, OFFICER, AUDITOR):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(pk__in=self.model.trainers.through.objects.filter(user=user).values("trainingclass"))
            | Q(enrolments__person=user)
        ).distinct()

    def inspected_by(self, user: Any) -> "TrainingClassQuerySet":
        """Classes whose hours one looks into: HR and auditors all, trainers theirs."""
        return self.all() if has_role(user, HR, AUDITOR) else self.taught_by(user)

    def taught_by(self, user: Any) -> "TrainingClassQuerySet":
        """The classes in which this person, being a trainer, is one of the trainers."""
        return self.filter(trainers=user) if has_role(user, TRAINER) else self.none()


class TrainingClass(models.Model):
    """A class. Its demands are copied from the programme, so later edits do not reach it."""

    programme = models.ForeignKey(
        "training.Programme",
        on_delete=models.PROTECT,
        related_name="classes",
        verbose_name=_("programme"),
    )
    code = models.CharField(_("class code"), max_length=40, unique=True)
    name = models.CharField(_("class name"), max_length=120)
    state = models.CharField(
        _("state"), max_length=12, choices=ClassState.choices, default=ClassState.DRAFT
    )
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="taught_classes",
        verbose_name=_("trainers"),
        blank=True,
    )
    capacity = models.PositiveSmallIntegerField(_("places"), default=30)
    sitting = models.OneToOneField(
        "exams.Sitting",
        on_delete=models.PROTECT,
        related_name="training_class",
        verbose_name=_("theory sitting"),
        null=True,
        blank=True,
    )
    exam_opens_at = models.DateTimeField(_("theory exam opens"))
    exam_closes_at = models.DateTimeField(_("theory exam closes"))
    required_online_seconds = models.PositiveIntegerField(_("required online seconds"))
    required_attendance_percent = models.PositiveSmallIntegerField(
        _("required attendance in percent")
    )
    activities = models.JSONField(_("scored activities"), default=list, blank=True)
    created_at = models.DateTimeField(_("created at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = TrainingClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["-opens_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="trainingclass_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(required_attendance_percent__lte=100),
                name="trainingclass_attendance_at_most_100",
            ),
            models.CheckConstraint(
                condition=Q(exam_closes_at__gt=F("exam_opens_at")),
                name="trainingclass_exam_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def next_steps(self) -> list[str]:
        """The steps this class may take now: file, open, finish or close."""
        return list(NEXT_STEPS[self.state])

    def planned_activities(self) -> list[Activity]:
        """The scored activities of this class as values."""
        return activities_of(self.activities)
