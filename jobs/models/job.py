"""Background jobs that a person can watch."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.choices import FINISHED_JOB_STATES, JobState
from kit.storage import private_storage

FILE_LIFETIME = timedelta(hours=24)


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> "JobQuerySet":
        return self.exclude(state__in=FINISHED_JOB_STATES)

    def with_expired_file(self, at: datetime) -> "JobQuerySet":
        return self.exclude(file="").filter(finished_at__lte=at - FILE_LIFETIME)

    def visible_to(self, user: Any) -> "JobQuerySet":
        """A job and its file belong to the person who started it."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class Job(models.Model):
    """Long work with a progress bar, perhaps with a file at its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs"
    )
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    file = models.FileField(storage=private_storage, upload_to="jobs/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="job_done_within_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display()})"

    def elapsed_seconds(self, at: datetime) -> int:
        """Whole seconds of work so far, or in all; 0 before the start."""
        if self.started_at is None:
            return 0
        return max(0, int(((self.finished_at or at) - self.started_at).total_seconds()))

    def has_file(self, at: datetime) -> bool:
        """Whether its file can still be had; files live for a day."""
        return bool(self.file) and self.finished_at is not None and at < self.file_expires_at

    @property
    def file_expires_at(self) -> datetime:
        return (self.finished_at or self.created_at) + FILE_LIFETIME

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED_JOB_STATES

    @property
    def percent(self) -> int:
        """Whole percent done, rounded down; 0 while the total is unknown."""
        return self.done * 100 // self.total if self.total else 0
