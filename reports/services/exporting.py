"""Exports: the same rows on screen, in a job, and from the command line."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.services import record
from jobs.models import Job
from jobs.services import finish_job, report_progress, start_job
from kit.refusing import Refused
from kit.spreadsheets import Column, write_csv, write_xlsx
from people import roles
from people.choices import Category
from people.permissions import need_role
from reports.queries import completion, subsidies
from reports.queries.scope import Scope, enrolments_in, in_unit, scope_of
from subsidies.choices import ClaimState, Payee
from subsidies.models import Claim
from training.choices import EnrolmentState

TASK = "reports.run_export"
FORMATS = ("xlsx", "csv")
SNAPSHOT = "snapshot"


@dataclass(frozen=True)
class Report:
    """One kind of report: its title, columns, rows, and how many rows to expect."""

    kind: str
    title: str
    columns: Callable[[], list[Column]]
    rows: Callable[[Scope, dict[str, dict[str, str]], str], Iterator[Any]]
    count: Callable[[Scope], int]


def _claims(scope: Scope) -> int:
    return Claim.objects.filter(in_unit("person__", scope.unit_id), year=scope.year).count()


REPORTS = {
    "completion": Report(
        "completion",
        "结业与成绩明细",
        completion.columns,
        completion.completion_rows,
        lambda scope: enrolments_in(scope).count(),
    ),
    "subsidies": Report(
        "subsidies", "补贴申领明细", subsidies.columns, subsidies.subsidy_rows, _claims
    ),
}


def _labels() -> dict[str, dict[str, str]]:
    """Words for stored codes, in the language that is active (reports are Chinese)."""
    choices: dict[str, Any] = {
        "category": Category, "state": EnrolmentState, "claim": ClaimState, "payee": Payee,
    }  # fmt: skip
    return {name: {c.value: str(c.label) for c in kind} for name, kind in choices.items()}


@contextmanager
def one_snapshot() -> Iterator[str]:
    """A read-only view of one instant while others write; yields the database alias.

    The alias `snapshot` is a connection of its own: on SQLite a DEFERRED transaction that reads
    one WAL snapshot and keeps no writer waiting, on PostgreSQL REPEATABLE READ. Inside a
    transaction that already runs, that transaction is the snapshot.
    """
    alias = "default" if connections["default"].in_atomic_block else SNAPSHOT
    with transaction.atomic(using=alias):
        yield alias


def write_report(
    *,
    kind: str,
    path: Path,
    scope: Scope,
    at: datetime,
    by: str,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write one report to `path` (.xlsx or .csv by its ending) and return the number of rows."""
    report = REPORTS[kind]
    if path.suffix.lstrip(".") not in FORMATS:
        raise Refused("format", _("A report is written as .xlsx or .csv."))
    with override("zh-hans"), one_snapshot() as alias:
        columns = report.columns()
        rows = report.rows(scope, _labels(), alias)
        if path.suffix == ".csv":
            return write_csv(path, columns=columns, rows=rows, progress=progress)
        notes = [
            ("报表", report.title),
            ("范围", f"{scope.year} 年" + (f"，单位编号 {scope.unit_id}" if scope.unit_id else "")),
            ("时间", timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")),
            ("导出人", by),
            ("说明", "证件号码已打码；成绩保留两位小数，合格与否按未取整的成绩判定。"),
        ]
        return write_xlsx(
            path,
            sheet=report.title,
            columns=columns,
            rows=rows,
            notes=notes,
            progress=progress,
        )


def start_export(*, kind: str, format: str, scope: Scope, by: Any, at: datetime) -> Job:
    """Begin an export as a job the person can watch. HR and auditors may."""
    need_role(by, roles.HR, roles.AUDITOR)
    if kind not in REPORTS or format not in FORMATS:
        raise Refused("kind", _("This report is not known."))
    with transaction.atomic():
        params = {"kind": kind, "format": format, **scope.as_params()}
        title = f"{REPORTS[kind].title} {scope.year}"
        job = start_job(
            kind=f"report-{kind}", owner=by, title=title, task=TASK, params=params, at=at
        )
        record(action="reports.export_started", at=at, actor=by, obj=job, detail=params)
    return job


def run_export(*, job_id: Any, clock: Callable[[], datetime]) -> Job:
    """Write the report of a job and put the file behind it; running again changes nothing."""
    job = Job.objects.select_related("owner").get(pk=job_id)
    if job.is_finished:
        return job
    scope, report = scope_of(job.params), REPORTS[job.params["kind"]]
    total = report.count(scope)
    report_progress(job_id=job.pk, done=0, total=total, at=clock())
    with tempfile.TemporaryDirectory(prefix="lms-export-") as folder:
        path = Path(folder) / f"{report.kind}.{job.params['format']}"
        at = clock()
        rows = write_report(
            kind=report.kind,
            path=path,
            scope=scope,
            at=at,
            by=str(job.owner),
            progress=lambda done: report_progress(
                job_id=job.pk, done=done, total=total, at=clock()
            ),
        )
        name = f"{report.title}_{scope.year}_{timezone.localtime(at):%Y%m%d}{path.suffix}"
        return finish_job(
            job_id=job.pk, at=clock(), result={"rows": rows}, path=path, file_name=name
        )
