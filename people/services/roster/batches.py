"""Roster files that HR uploads: kept, checked by a job, written by another."""

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from jobs.services import fail_job, finish_job, report_progress, start_job
from kit.refusing import Refused
from kit.spreadsheets.guard import MAX_FILE_BYTES
from people.choices import ImportState, RowOutcome
from people.models import RosterImport, RosterImportRow
from people.permissions import keeps_people
from people.services.roster.importing import (
    RosterResult,
    SheetUnclear,
    check_roster,
    import_roster,
)

COUNTS = ("accepted", "rejected", "created", "updated")


@transaction.atomic
def upload_roster(*, file: File[bytes], by: Any, at: datetime) -> RosterImport:
    """Keep a file and let a job check it. Refused: people_not_allowed, file_refused."""
    _refuse(by)
    if not file.size:
        raise Refused("file_refused", _("The file is empty."))
    if file.size > MAX_FILE_BYTES:
        raise Refused("file_refused", _("The file is larger than 20 MB."))
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    name = PurePath(str(file.name)).name[-120:]
    batch = RosterImport(file_name=name, file_sha256=digest.hexdigest(), owner=by, created_at=at)
    batch.file.save(f"{batch.pk}{PurePath(name).suffix[:10]}", file, save=False)
    batch.save()
    _start(batch, "people.check_roster", _("Check %(name)s") % {"name": name}, by, at)
    record(action="people.roster_uploaded", at=at, actor=by, obj=batch)
    return batch


def _refuse(by: Any) -> None:
    if not keeps_people(by):
        raise Refused("people_not_allowed", _("Only HR may import a roster."))


def _start(batch: RosterImport, task: str, title: str, by: Any, at: datetime) -> None:
    batch.job = start_job(
        kind=task, owner=by, title=title, task=task, params={"batch": str(batch.pk)}, at=at
    )
    batch.save(update_fields=["job"])


def check_batch(*, batch_id: Any, at: datetime) -> None:
    """Say what writing an uploaded file would do. Running it again only looks again."""
    batch = RosterImport.objects.select_related("job").get(pk=batch_id)
    if batch.state not in {ImportState.UPLOADED, ImportState.CHECKED}:
        return
    try:
        with batch.file.open("rb") as file:
            result = check_roster(
                file=file, name=batch.file_name, sheet=batch.sheet, at=at, skip_bad=True,
                allow_move=batch.allow_move,
            )  # fmt: skip
    except SheetUnclear as unclear:
        _ask_which(batch, unclear, at)
        return
    except Refused as error:
        _give_up(batch, error, at)
        return
    with transaction.atomic():
        _keep(batch, result, ImportState.CHECKED)
        batch.checked_at = at
        batch.save()
        _finish(batch, result, at)


@transaction.atomic
def _ask_which(batch: RosterImport, unclear: SheetUnclear, at: datetime) -> None:
    batch.state, batch.sheets = ImportState.CHOOSING, unclear.sheets
    batch.save(update_fields=["state", "sheets"])
    if batch.job_id:
        finish_job(job_id=batch.job_id, at=at, result={"import": str(batch.pk)})


@transaction.atomic
def choose_sheet(*, batch_id: Any, sheet: str, by: Any, at: datetime) -> RosterImport:
    """Say which sheet holds the people; the file is then checked anew.

    Refused: people_not_allowed, import_not_ready, sheet_unknown.
    """
    _refuse(by)
    batch = RosterImport.objects.select_for_update().get(pk=batch_id)
    if batch.state not in {ImportState.CHOOSING, ImportState.CHECKED}:
        raise Refused("import_not_ready", _("The sheet can no longer be chosen."))
    if sheet not in batch.sheets:
        raise Refused("sheet_unknown", _("There is no such sheet. Choose one in the list."))
    batch.state, batch.sheet = ImportState.UPLOADED, sheet
    batch.save(update_fields=["state", "sheet"])
    _start(batch, "people.check_roster", _("Check %(name)s") % {"name": batch.file_name}, by, at)
    return batch


@transaction.atomic
def _give_up(batch: RosterImport, error: Refused, at: datetime) -> None:
    batch.state, batch.refusal = ImportState.REFUSED, error.message[:500]
    batch.save(update_fields=["state", "refusal"])
    record(
        action="people.roster_refused", at=at, actor=batch.owner, obj=batch, reason=batch.refusal
    )
    if batch.job_id:
        fail_job(job_id=batch.job_id, at=at, error=error.message)


def _keep(batch: RosterImport, result: RosterResult, state: str) -> None:
    batch.state, batch.row_count = state, result.rows
    batch.errors, batch.flags = result.errors, result.flags
    batch.ignored_columns, batch.remarks = result.ignored, result.remarks
    for key in COUNTS:
        setattr(batch, key, getattr(result, key))
    batch.rows.all().delete()
    known = {target.row.number: target for target in result.targets}
    bad = {error["row"]: error for error in reversed(result.errors)}
    lines = [
        RosterImportRow(
            batch=batch,
            row=number,
            number=target.person.number if target.person else target.row.values["number"],
            name=target.row.values["name"],
            outcome=target.outcome,
            changed=target.changed,
            person=target.person if target.person and target.person.pk else None,
        )
        for number, target in known.items()
    ]
    lines += [
        RosterImportRow(
            batch=batch, row=number, number=error["number"], name=error["name"],
            outcome=RowOutcome.ERROR,
        )
        for number, error in bad.items()
    ]  # fmt: skip
    RosterImportRow.objects.bulk_create(lines)


def _finish(batch: RosterImport, result: RosterResult, at: datetime) -> None:
    if batch.job_id:
        report_progress(job_id=batch.job_id, done=result.rows, total=result.rows, at=at)
        finish_job(job_id=batch.job_id, at=at, result={"import": str(batch.pk)})


@transaction.atomic
def start_writing(
    *, batch_id: Any, by: Any, at: datetime, skip_bad: bool = False, allow_move: bool = False
) -> RosterImport:
    """Ask for a checked file to be written by a job; a second press changes nothing.

    Refused: people_not_allowed, import_not_ready, import_has_errors.
    """
    _refuse(by)
    batch = RosterImport.objects.select_for_update().get(pk=batch_id)
    if batch.state in {ImportState.WRITING, ImportState.WRITTEN}:
        return batch
    if batch.state != ImportState.CHECKED:
        raise Refused("import_not_ready", _("This file has not been checked."))
    if batch.rejected and not (skip_bad or allow_move):
        raise Refused(
            "import_has_errors",
            _("%(count)s rows have to be mended first.") % {"count": batch.rejected},
        )
    batch.state, batch.skip_bad, batch.allow_move = ImportState.WRITING, skip_bad, allow_move
    batch.save(update_fields=["state", "skip_bad", "allow_move"])
    title = _("Write %(name)s") % {"name": batch.file_name}
    _start(batch, "people.write_roster", title, by, at)
    return batch


def write_batch(*, batch_id: Any, at: datetime) -> None:
    """Write a file: everything and the word that it is done, in one transaction.

    A row that has become bad since the check stops it (unless bad rows are left out): the file
    is then checked again, not written.
    """
    with transaction.atomic():
        batch = RosterImport.objects.select_for_update().get(pk=batch_id)
        if batch.state != ImportState.WRITING:
            return
        chosen: dict[str, Any] = {
            "name": batch.file_name,
            "sheet": batch.sheet,
            "at": at,
            "allow_move": batch.allow_move,
        }
        with batch.file.open("rb") as file:
            result = import_roster(file=file, by=batch.owner, skip_bad=batch.skip_bad, **chosen)
            written = batch.skip_bad or not result.rejected
            if not written:
                result = check_roster(file=file, skip_bad=True, **chosen)
        _keep(batch, result, ImportState.WRITTEN if written else ImportState.CHECKED)
        batch.written_at = at if written else None
        batch.save()
        _finish(batch, result, at)
