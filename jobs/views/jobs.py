"""A person's background jobs: list, progress, file."""

from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jobs.choices import JobState
from jobs.models import Job
from kit.hours import clock_text
from kit.http import private_file_response

PAGE_SIZE = 20


@require_GET
@login_required
def job_list(request: HttpRequest) -> HttpResponse:
    """The person's own jobs, newest first."""
    at = timezone.now()
    page = Paginator(Job.objects.visible_to(request.user), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    rows = [progress_of(job, at) for job in page]
    return render(request, "jobs/job_list.html", {"page": page, "rows": rows})


@require_GET
@login_required
@never_cache
def job_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One job with its progress bar, its file or its fault."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return render(request, "jobs/job_detail.html", progress_of(job, timezone.now()))


@require_GET
@login_required
@never_cache
def job_progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The same as JSON, for the page's own polling."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    progress = progress_of(job, timezone.now())
    return JsonResponse({key: value for key, value in progress.items() if key != "job"})


@require_GET
@login_required
def job_download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, for its owner, while it lives."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if not job.has_file(timezone.now()):
        raise Http404
    return private_file_response(job.file, job.file_name or PurePath(str(job.file.name)).name)


def progress_of(job: Job, at: datetime) -> dict[str, Any]:
    """What page and poll both say."""
    elapsed = clock_text(job.elapsed_seconds(at))
    return {
        "job": job,
        "state": job.state,
        "label": str(JobState(job.state).label),
        "done": job.done,
        "total": job.total,
        "percent": job.percent,
        "message": job.message,
        "elapsed": elapsed,
        "elapsed_text": _("%(time)s so far") % {"time": elapsed},
        "finished": job.is_finished,
        "has_file": job.has_file(at),
    }
