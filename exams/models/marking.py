"""Rubric markings, and who holds a submission right now."""

from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exams.choices import MarkingState
from exams.models.frozen import exact_or_none
from exams.models.practical import Submission
from exams.rules.rubric import Choice


class SubmissionLease(models.Model):
    """A marker's hold on one place (1 first, 2 second, 3 adjudicator) of a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="leases")
    position = models.PositiveSmallIntegerField()
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"], name="submissionlease_once_per_place"
            ),
        ]


class RubricMarking(models.Model):
    """What one marker says about one submission. A draft survives the loss of its lease.

    `levels` is {criterion key: {"level": index or null, "comment": text}}; the points are
    exact and out of 100 once final. `revision` counts saves, so two windows cannot overwrite
    each other.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="markings")
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="rubric_markings"
    )
    position = models.PositiveSmallIntegerField(_("place"))
    state = models.CharField(
        _("state"), max_length=6, choices=MarkingState, default=MarkingState.DRAFT
    )
    levels = models.JSONField(default=dict, blank=True)
    comment = models.TextField(_("overall comment"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    points_numerator = models.BigIntegerField(null=True, blank=True)
    points_denominator = models.BigIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField()
    final_at = models.DateTimeField(_("final at"), null=True, blank=True)

    class Meta:
        verbose_name = _("rubric marking")
        verbose_name_plural = _("rubric markings")
        ordering = ["submission", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "marker"], name="marking_once_per_marker"
            ),
            models.UniqueConstraint(
                fields=["submission", "position"],
                condition=Q(state=MarkingState.FINAL),
                name="marking_final_once_per_place",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=MarkingState.FINAL,
                    final_at__isnull=False,
                    points_numerator__isnull=False,
                    points_denominator__isnull=False,
                    points_denominator__gt=0,
                )
                | Q(state=MarkingState.DRAFT, final_at__isnull=True),
                name="marking_final_has_points",
            ),
        ]

    @property
    def points(self) -> Fraction | None:
        """The exact score 0–100, None while it is a draft."""
        return exact_or_none(self.points_numerator, self.points_denominator)

    @property
    def choices(self) -> dict[str, Choice]:
        """The levels as the rule reads them."""
        return {key: _choice(value) for key, value in self.levels.items()}


def _choice(value: dict[str, Any]) -> Choice:
    return Choice(value.get("level"), value.get("comment", ""))
