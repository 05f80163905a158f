"""Jobs that people watch: start, report, finish, fail."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from jobs.choices import JobState
from jobs.models import Job
from jobs.services.outbox import enqueue
from jobs.signals import job_closed


@transaction.atomic
def start_job(
    *,
    kind: str,
    owner: Any,
    title: str,
    task: str,
    at: datetime,
    params: dict[str, Any] | None = None,
) -> Job:
    """A job row and the outbox message that runs it; `task` is called with `job_id`."""
    job = Job.objects.create(
        kind=kind, owner=owner, title=title[:200], params=params or {}, created_at=at
    )
    enqueue(task=task, args={"job_id": str(job.pk)}, at=at, key=f"job:{job.pk}")
    return job


def report_progress(*, job_id: Any, done: int, total: int, at: datetime, message: str = "") -> None:
    """Tell the watcher how far the work is; `done` never exceeds `total`.

    Ignored once the job is finished.
    """
    Job.objects.unfinished().filter(pk=job_id).update(
        state=JobState.RUNNING,
        started_at=Coalesce("started_at", at),
        done=min(done, total),
        total=total,
        message=message[:300],
    )


def finish_job(
    *,
    job_id: Any,
    at: datetime,
    result: dict[str, Any] | None = None,
    path: Path | None = None,
    file_name: str = "",
) -> Job:
    """Close a job as done, copying the file at `path` into private storage.

    A second call changes nothing and leaves no file behind.
    """
    job = Job.objects.get(pk=job_id)
    if job.is_finished:
        return job
    if path is not None:
        with path.open("rb") as handle:
            job.file.save(f"{job.pk}{path.suffix}", File(handle), save=False)
    closed = _close(
        job_id, at, JobState.DONE, done=F("total"), result=result or {},
        file=job.file.name or "", file_name=file_name[:200], error="",
    )  # fmt: skip
    if not closed and job.file:
        job.file.delete(save=False)
    return Job.objects.get(pk=job_id)


def fail_job(*, job_id: Any, at: datetime, error: str) -> None:
    """Close a job as failed, with a reason its owner can read; a finished job stays as it is."""
    _close(job_id, at, JobState.FAILED, error=error)


def _close(job_id: Any, at: datetime, state: JobState, **fields: Any) -> bool:
    """Close once: of two callers only the first writes and announces."""
    closed = (
        Job.objects.unfinished()
        .filter(pk=job_id)
        .update(state=state, started_at=Coalesce("started_at", at), finished_at=at, **fields)
    )
    if closed:
        job_closed.send(Job, job=Job.objects.get(pk=job_id), at=at)
    return bool(closed)


def remove_expired_files(*, at: datetime) -> int:
    """Delete the files of jobs finished more than a day ago, keeping the rows; the number."""
    count = 0
    for job in Job.objects.with_expired_file(at):
        job.file.delete(save=False)
        Job.objects.filter(pk=job.pk).update(file="")
        count += 1
    return count
