"""Roster files that came in, what was found in them and what became of each row."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from kit.storage import private_storage
from people.choices import ImportState, RowOutcome
from people.roles import ADMINISTRATOR, HR, has_role


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, user: Any) -> "RosterImportQuerySet":
        """Files of people are seen by those who keep the records of people."""
        return self if has_role(user, HR, ADMINISTRATOR) else self.none()


class RosterImport(models.Model):
    """One file. `errors` and `flags` hold masked values only; `sheets` are those with people
    in them where there are several, `remarks` what of the file a person may not have meant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(storage=private_storage, upload_to="rosters/%Y/%m", blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="roster_imports",
        verbose_name=_("imported by"),
    )
    sheet = models.CharField(_("sheet"), max_length=120, blank=True, default="")
    sheets: Any = models.JSONField(default=list)
    skip_bad = models.BooleanField(_("write the good rows although others are bad"), default=False)
    allow_move = models.BooleanField(_("let people change their unit"), default=False)
    job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="roster_imports"
    )
    created_at = models.DateTimeField(_("uploaded at"))
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    errors: Any = models.JSONField(default=list)
    flags: Any = models.JSONField(default=list)
    ignored_columns: Any = models.JSONField(default=list)
    remarks: Any = models.JSONField(default=dict)
    refusal = models.CharField(
        _("why the file was refused"), max_length=500, blank=True, default=""
    )

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.WRITTEN, written_at__isnull=False)
                | (~Q(state=ImportState.WRITTEN) & Q(written_at__isnull=True)),
                name="rosterimport_written_means_when",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class RosterImportRow(models.Model):
    """What one row of a file is about and what became of it."""

    batch = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))
    number = models.CharField(_("employee or trainee number"), max_length=40, blank=True)
    name = models.CharField(_("name of the person"), max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=RowOutcome)
    changed: Any = models.JSONField(default=list)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="roster_rows",
    )

    class Meta:
        verbose_name = _("roster row")
        verbose_name_plural = _("roster rows")
        ordering = ["batch", "row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="rosterrow_once_per_batch"),
        ]
