"""What people say of a class, and whether it reached the job."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SATISFIED_FROM = 4


class SurveyQuerySet(models.QuerySet["SatisfactionSurvey"]):
    def satisfied(self) -> "SurveyQuerySet":
        """Four and five of five count as satisfied."""
        return self.filter(score__gte=SATISFIED_FROM)


class SatisfactionSurvey(models.Model):
    """One trainee's word on one class: 1 (bad) to 5 (very good). Given once."""

    enrolment = models.OneToOneField("training.Enrolment", models.PROTECT, related_name="survey")
    score = models.PositiveSmallIntegerField(
        _("overall"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    content_score = models.PositiveSmallIntegerField(
        _("content"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    trainer_score = models.PositiveSmallIntegerField(
        _("trainers"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.TextField(_("opinion"), blank=True, max_length=2000)
    submitted_at = models.DateTimeField(_("filled in at"))

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("satisfaction survey")
        verbose_name_plural = _("satisfaction surveys")
        ordering = ["-submitted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__range=(1, 5), content_score__range=(1, 5))
                & Q(trainer_score__range=(1, 5)),
                name="survey_scores_are_1_to_5",
            ),
        ]


class FollowUpQuerySet(models.QuerySet["TransferFollowUp"]):
    def answered(self) -> "FollowUpQuerySet":
        return self.filter(applied__isnull=False)

    def applied(self) -> "FollowUpQuerySet":
        return self.filter(applied=True)

    def visible_to(self, user: Any) -> "FollowUpQuerySet":
        """The trainee and the supervisor who was asked."""
        return self.filter(Q(enrolment__person=user) | Q(supervisor=user))


class TransferFollowUp(models.Model):
    """Three months later: has what was learned reached the job? Asked of trainee and supervisor.

    `applied` is the supervisor's word where there is a supervisor, else the trainee's own.
    """

    enrolment = models.OneToOneField("training.Enrolment", models.PROTECT, related_name="follow_up")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    due_on = models.DateField(_("due on"))
    own_word = models.BooleanField(_("trainee's word"), null=True)
    own_example = models.TextField(_("example"), blank=True, max_length=2000)
    own_at = models.DateTimeField(null=True, blank=True)
    supervisor_word = models.BooleanField(_("supervisor's word"), null=True)
    supervisor_note = models.TextField(
        _("explanation of the supervisor"), blank=True, max_length=2000
    )
    supervisor_at = models.DateTimeField(null=True, blank=True)
    applied = models.BooleanField(_("applied at work"), null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer follow-up")
        verbose_name_plural = _("transfer follow-ups")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied__isnull=True)
                | Q(own_word__isnull=False)
                | Q(supervisor_word__isnull=False),
                name="follow_up_applied_stands_on_a_word",
            ),
        ]
