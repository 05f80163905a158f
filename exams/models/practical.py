"""Practical tasks, their frozen versions, and what a person hands in."""

import uuid
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exams.choices import Audience, SubmissionState
from exams.models.frozen import FrozenRow, exact_or_none
from exams.rules.rubric import Criterion, parse_rubric
from kit.storage import private_storage
from people.models import Profile


def task_file_path(instance: "TaskFile", filename: str) -> str:
    """A random key: no name of ours or a person's reaches the file system."""
    return f"tasks/{uuid.uuid4().hex}"


def submission_file_path(instance: "SubmissionFile", filename: str) -> str:
    """A random key: no name of ours or a person's reaches the file system."""
    return f"submissions/{uuid.uuid4().hex}"


class PracticalTask(models.Model):
    """A practical task by its code; what people work on is one of its frozen versions."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    is_retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("practical task")
        verbose_name_plural = _("practical tasks")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def current(self) -> "PracticalTaskVersion | None":
        """The newest published version."""
        return self.versions.order_by("-number").first()


class PracticalTaskVersion(FrozenRow):
    """What was published, word for word. `model_answer` never reaches a trainee."""

    task = models.ForeignKey(PracticalTask, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=160)
    level = models.CharField(_("level"), max_length=20, blank=True)
    duration_minutes = models.PositiveIntegerField(_("planned minutes"))
    scenario = models.TextField(_("scenario"))
    deliverables = models.JSONField(_("deliverables"))
    posts = models.JSONField(default=list)
    linked_lessons = models.JSONField(default=list)
    rubric = models.JSONField(_("rubric"))
    model_answer = models.JSONField(_("model answer"), default=list)
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("version of a practical task")
        verbose_name_plural = _("versions of practical tasks")
        ordering = ["task", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="taskversion_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.task.code} v{self.number}"

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The rubric, read."""
        return parse_rubric(self.rubric)


class TaskFile(FrozenRow):
    """A data file of a frozen version: for trainees, or for graders only."""

    version = models.ForeignKey(PracticalTaskVersion, models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=120)
    file = models.FileField(storage=private_storage, upload_to=task_file_path)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.TRAINEE)

    class Meta:
        ordering = ["version", "name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="taskfile_name_once"),
        ]


class TaskAssignmentQuerySet(models.QuerySet["TaskAssignment"]):
    """Reads of assignments."""

    def visible_to(self, user: Any) -> "TaskAssignmentQuerySet":
        """One's own; markers read submissions, not assignments."""
        return self.filter(person=user)


class TaskAssignment(models.Model):
    """A task given to one person, with how it will be marked frozen at that moment.

    `context` is opaque ("training.enrolment:ID"). `excluded_markers` are handed down by
    training: the trainers of the class must not mark where a certificate follows (考培分离).
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="task_assignments"
    )
    task_version = models.ForeignKey(
        PracticalTaskVersion, models.PROTECT, related_name="assignments"
    )
    context = models.CharField(max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    markers = models.PositiveSmallIntegerField(_("markers"), default=1)
    third_marker_over = models.PositiveSmallIntegerField(_("third marker over"), default=15)
    excluded_markers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True
    )
    assigned_at = models.DateTimeField(_("assigned at"))

    objects = TaskAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("task assignment")
        verbose_name_plural = _("task assignments")
        ordering = ["person", "task_version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "context", "task_version"], name="assignment_once_per_context"
            ),
            models.CheckConstraint(
                condition=Q(markers__in=[1, 2]), name="assignment_1_or_2_markers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_version} · #{self.person_id}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Reads of submissions."""

    def visible_to(self, user: Any) -> "SubmissionQuerySet":
        """One's own."""
        return self.filter(assignment__person=user)

    def markable_by(self, user: Any) -> "SubmissionQuerySet":
        """Not one's own, one's supervisor's or subordinate's, nor where one is kept out."""
        kept_out = TaskAssignment.objects.filter(excluded_markers=user)
        related = [
            Profile.objects.filter(supervisor=user).values("user"),
            Profile.objects.filter(user=user, supervisor__isnull=False).values("supervisor"),
        ]
        rows = self.standing().exclude(assignment__person=user).exclude(assignment__in=kept_out)
        for people in related:
            rows = rows.exclude(assignment__person__in=people)
        return rows

    def standing(self) -> "SubmissionQuerySet":
        """Handed in and not sent back: what is being marked or has been."""
        return self.filter(state__in=[SubmissionState.HANDED_IN, SubmissionState.MARKED])


class Submission(models.Model):
    """One hand-in: a draft until it is handed in, then frozen. Sent back = a new number.

    `code` is what a blind marker sees instead of a name. The score 0–100 is exact.
    """

    assignment = models.ForeignKey(TaskAssignment, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    code = models.CharField(_("code"), max_length=12, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT
    )
    text = models.TextField(_("text"), blank=True)
    started_at = models.DateTimeField(_("started at"))
    saved_at = models.DateTimeField(_("saved at"))
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    returned_at = models.DateTimeField(_("sent back at"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_reason = models.TextField(_("reason"), blank=True)
    score_numerator = models.BigIntegerField(null=True, blank=True)
    score_denominator = models.BigIntegerField(null=True, blank=True)
    marked_at = models.DateTimeField(_("marked at"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["assignment", "-number"]
        indexes = [models.Index(fields=["state", "handed_in_at"])]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="submission_number_once"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=~Q(state=SubmissionState.RETURNED),
                name="submission_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.DRAFT, handed_in_at__isnull=True)
                | (~Q(state=SubmissionState.DRAFT) & Q(handed_in_at__isnull=False)),
                name="submission_handed_in_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.RETURNED)
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(return_reason="")),
                name="submission_returned_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SubmissionState.MARKED,
                    marked_at__isnull=False,
                    score_numerator__isnull=False,
                    score_numerator__gte=0,
                    score_denominator__isnull=False,
                    score_denominator__gt=0,
                    score_numerator__lte=F("score_denominator") * 100,
                )
                | (~Q(state=SubmissionState.MARKED) & Q(score_numerator__isnull=True)),
                name="submission_marked_has_score",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def score(self) -> Fraction | None:
        """The exact score 0–100, None until the rubric is final."""
        return exact_or_none(self.score_numerator, self.score_denominator)

    @property
    def is_draft(self) -> bool:
        return self.state == SubmissionState.DRAFT

    @property
    def late_seconds(self) -> int:
        """How late it was handed in; 0 when in time or without a date."""
        due = self.assignment.due_at
        if due is None or self.handed_in_at is None:
            return 0
        return max(0, int((self.handed_in_at - due).total_seconds()))


class SubmissionFile(models.Model):
    """One file of a submission under a random key; `preview` holds the first rows of a table."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=5)
    file = models.FileField(storage=private_storage, upload_to=submission_file_path)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    preview = models.JSONField(default=list, blank=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["submission", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "sha256"], name="submissionfile_content_once"
            ),
        ]

    @property
    def blind_name(self) -> str:
        """What a marker sees: people write their own names into file names."""
        return f"{self.submission.code}-{self.pk}.{self.kind}"
