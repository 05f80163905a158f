"""The weighted assessment: scheme, marks of its components, result and approval."""

from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exams.choices import AssessmentState, Component
from exams.models.frozen import FrozenRowError, exact_or_none
from exams.models.sitting import Sitting
from exams.rules.weighting import Scheme, parse_scheme
from people.roles import APPROVER, AUDITOR, OFFICER, has_role

SCHEME_DATA = ("weights", "floors", "practical_split", "process_items")


class AssessmentScheme(models.Model):
    """How an assessment is weighed; frozen when published. Percentages sum to 100.

    `markers` and `third_marker_over` (points of 100) rule the marking of practical tasks;
    `separate_trainers` keeps the trainers of a class from marking it (考培分离).
    """

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=160)
    weights = models.JSONField(_("weights"))
    floors = models.JSONField(_("floors"))
    practical_split = models.JSONField(_("split of the practical part"))
    process_items = models.JSONField(_("items of the process part"))
    markers = models.PositiveSmallIntegerField(_("markers"), default=1)
    third_marker_over = models.PositiveSmallIntegerField(_("third marker over"), default=15)
    separate_trainers = models.BooleanField(_("trainers do not mark their class"), default=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("assessment scheme")
        verbose_name_plural = _("assessment schemes")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="scheme_version_once"),
            models.CheckConstraint(condition=Q(markers__in=[1, 2]), name="scheme_1_or_2_markers"),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and type(self).objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise FrozenRowError("a published scheme is never changed: make a new version")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.published_at is not None:
            raise FrozenRowError("a published scheme is never deleted")
        return super().delete(*args, **kwargs)

    @property
    def data(self) -> dict[str, Any]:
        """What is frozen into an assessment that uses this scheme."""
        return {
            "code": self.code,
            "version": self.version,
            "title": self.title,
            **{name: getattr(self, name) for name in SCHEME_DATA},
            "markers": self.markers,
            "third_marker_over": self.third_marker_over,
            "separate_trainers": self.separate_trainers,
        }


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Reads of assessments."""

    def visible_to(self, user: Any) -> "AssessmentQuerySet":
        """All for officers, approvers and auditors, otherwise one's own."""
        if has_role(user, OFFICER, APPROVER, AUDITOR):
            return self
        return self.filter(person=user)

    def approved(self) -> "AssessmentQuerySet":
        """Final results."""
        return self.filter(state=AssessmentState.APPROVED)


def _pair_is_whole(part: str) -> Q:
    """Numerator, denominator and decimal are all there or all missing."""
    names = [f"{part}_numerator", f"{part}_denominator", f"{part}_score"]
    missing = Q(**{f"{name}__isnull": True for name in names})
    there = Q(**{f"{name}__isnull": False for name in names}, **{f"{names[1]}__gt": 0})
    return missing | there


class Assessment(models.Model):
    """The 40/40/20 whole of one person in one context, from its parts to its approval.

    Scores are exact (numerator, denominator) with a decimal to sort by. `inputs` and
    `inputs_digest` are frozen on submission; after approval nothing changes.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessments")
    context = models.CharField(max_length=120)
    title = models.CharField(_("title"), max_length=200)
    scheme = models.ForeignKey(AssessmentScheme, models.PROTECT, related_name="assessments")
    scheme_snapshot = models.JSONField()
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=AssessmentState, default=AssessmentState.OPEN
    )
    theory_numerator = models.BigIntegerField(null=True, blank=True)
    theory_denominator = models.BigIntegerField(null=True, blank=True)
    theory_score = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    practical_numerator = models.BigIntegerField(null=True, blank=True)
    practical_denominator = models.BigIntegerField(null=True, blank=True)
    practical_score = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    process_numerator = models.BigIntegerField(null=True, blank=True)
    process_denominator = models.BigIntegerField(null=True, blank=True)
    process_score = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    total_numerator = models.BigIntegerField(null=True, blank=True)
    total_denominator = models.BigIntegerField(null=True, blank=True)
    total_score = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    passed = models.BooleanField(_("passed"), default=False)
    explanation = models.JSONField(default=list, blank=True)
    inputs = models.JSONField(default=dict, blank=True)
    inputs_digest = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    computed_at = models.DateTimeField(_("computed at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    return_reason = models.TextField(_("reason of return"), blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "context"], name="assessment_once_per_context"
            ),
            *(
                models.CheckConstraint(
                    condition=_pair_is_whole(part), name=f"assessment_{part}_is_whole"
                )
                for part in ("theory", "practical", "process", "total")
            ),
            models.CheckConstraint(
                condition=Q(passed=False) | Q(total_numerator__isnull=False),
                name="assessment_passed_has_total",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AssessmentState.SUBMITTED, AssessmentState.APPROVED])
                | (
                    Q(
                        submitted_by__isnull=False,
                        submitted_at__isnull=False,
                        total_numerator__isnull=False,
                    )
                    & ~Q(inputs={})
                    & ~Q(inputs_digest="")
                ),
                name="assessment_submitted_has_inputs",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=AssessmentState.APPROVED,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                )
                | (
                    ~Q(state=AssessmentState.APPROVED)
                    & Q(approved_by__isnull=True, approved_at__isnull=True)
                ),
                name="assessment_approved_has_approver",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("person"))),
                name="assessment_approver_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.RETURNED)
                | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="assessment_returned_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · #{self.person_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and type(self).objects.approved().filter(pk=self.pk).exists():
            raise FrozenRowError("an approved result is never changed")
        super().save(*args, **kwargs)

    @property
    def rules(self) -> Scheme:
        """The frozen scheme, read."""
        return parse_scheme(self.scheme_snapshot)

    @property
    def theory(self) -> Fraction | None:
        """Exact, 0–100."""
        return exact_or_none(self.theory_numerator, self.theory_denominator)

    @property
    def practical(self) -> Fraction | None:
        """Exact, 0–100."""
        return exact_or_none(self.practical_numerator, self.practical_denominator)

    @property
    def process(self) -> Fraction | None:
        """Exact, 0–100."""
        return exact_or_none(self.process_numerator, self.process_denominator)

    @property
    def total(self) -> Fraction | None:
        """Exact, 0–100."""
        return exact_or_none(self.total_numerator, self.total_denominator)


class ComponentMark(models.Model):
    """A mark of the process or showcase with its evidence; superseded, never overwritten."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="component_marks")
    component = models.CharField(max_length=10, choices=Component)
    item = models.CharField(max_length=40)
    points_numerator = models.BigIntegerField()
    points_denominator = models.BigIntegerField()
    evidence = models.CharField(max_length=120)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assessment", "component", "item", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "component", "item"],
                condition=Q(superseded_at__isnull=True),
                name="componentmark_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(
                    points_denominator__gt=0,
                    points_numerator__gte=0,
                    points_numerator__lte=F("points_denominator") * 100,
                ),
                name="componentmark_is_0_to_100",
            ),
        ]

    @property
    def points(self) -> Fraction:
        """Exact, 0–100."""
        return Fraction(self.points_numerator, self.points_denominator)
