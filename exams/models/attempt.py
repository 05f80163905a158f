"""One person's go: paper, answers, marks. Answers and marks are append-only evidence."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exams.choices import AttemptState
from exams.models.question import QuestionVersion
from exams.models.sitting import Admission, Sitting


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Reads of attempts."""

    def visible_to(self, user: Any) -> "AttemptQuerySet":
        """One's own; markers see answers without names through the marking queries."""
        return self.filter(candidate=user)

    def overdue(self, at: datetime) -> "AttemptQuerySet":
        """Open although the deadline is before `at`."""
        return self.filter(state=AttemptState.OPEN, deadline__lt=at)


class Attempt(models.Model):
    """One go at a paper drawn from the seed. The deadline is an absolute instant."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attempts")
    admission = models.ForeignKey(Admission, models.PROTECT, related_name="attempts")
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="exam_attempts"
    )
    number = models.PositiveSmallIntegerField(_("attempt number"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=AttemptState, default=AttemptState.OPEN
    )
    seed = models.CharField(max_length=64)
    started_at = models.DateTimeField(_("started at"))
    deadline = models.DateTimeField(_("deadline"))
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    auto_submitted = models.BooleanField(_("closed by the clock"), default=False)
    marked_at = models.DateTimeField(_("marked at"), null=True, blank=True)
    theory_numerator = models.BigIntegerField(null=True, blank=True)
    theory_denominator = models.BigIntegerField(null=True, blank=True)
    theory_score = models.DecimalField(
        _("theory score"), max_digits=12, decimal_places=6, null=True, blank=True
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at", "id"]
        indexes = [models.Index(fields=["state", "deadline"])]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "number"], name="attempt_number_once_per_admission"
            ),
            models.CheckConstraint(
                condition=Q(deadline__gt=F("started_at")), name="attempt_deadline_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state=AttemptState.OPEN, submitted_at__isnull=True)
                | Q(
                    state__in=[AttemptState.SUBMITTED, AttemptState.MARKED],
                    submitted_at__isnull=False,
                ),
                name="attempt_handed_in_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=AttemptState.MARKED)
                | Q(
                    theory_numerator__isnull=False,
                    theory_denominator__gt=0,
                    theory_score__isnull=False,
                ),
                name="attempt_marked_has_score",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def theory(self) -> Fraction | None:
        """The exact score 0–100, None until every item is marked."""
        if self.theory_numerator is None or not self.theory_denominator:
            return None
        return Fraction(self.theory_numerator, self.theory_denominator)


class PaperItem(models.Model):
    """One question of a drawn paper with the order in which its options are shown."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    max_mark = models.DecimalField(max_digits=6, decimal_places=2)
    option_order = models.JSONField(default=list)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="paper_position_once"),
            models.UniqueConstraint(fields=["attempt", "version"], name="paper_version_once"),
            models.CheckConstraint(condition=Q(max_mark__gt=0), name="paper_mark_is_positive"),
        ]


class Response(models.Model):
    """One saved answer. Never changed: the highest seq of a position is the answer."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "position", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position", "seq"], name="response_seq_once"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="response_seq_from_one"),
        ]


class ItemMark(models.Model):
    """The mark of one item as an exact fraction 0–1. A later marking replaces, never erases."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="marks")
    position = models.PositiveSmallIntegerField()
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fraction_numerator = models.BigIntegerField()
    fraction_denominator = models.BigIntegerField()
    points = models.JSONField(default=list, blank=True)
    comment = models.TextField(blank=True)
    marked_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["attempt", "position", "marked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"],
                condition=Q(replaced_at__isnull=True),
                name="mark_current_once_per_item",
            ),
            models.CheckConstraint(
                condition=Q(
                    fraction_denominator__gt=0,
                    fraction_numerator__gte=0,
                    fraction_numerator__lte=F("fraction_denominator"),
                ),
                name="mark_fraction_is_0_to_1",
            ),
        ]

    @property
    def fraction(self) -> Fraction:
        """The exact fraction earned."""
        return Fraction(self.fraction_numerator, self.fraction_denominator)


class MarkingLease(models.Model):
    """Who is marking an item right now; a lease that ran out may be taken over."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="leases")
    position = models.PositiveSmallIntegerField()
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="lease_once_per_item"),
        ]
