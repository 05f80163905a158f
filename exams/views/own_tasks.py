"""A trainee's practical tasks: read, work on a draft, hand in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exams.choices import Audience, SubmissionState
from exams.models import Submission, SubmissionFile, TaskAssignment, TaskFile
from exams.rules.uploads import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES
from exams.services.errors import ExamError
from exams.services.practical_hand_in import (
    TEXT_MAX,
    add_file,
    hand_in_submission,
    remove_file,
    save_submission,
    upload_message,
)
from kit.http import posted_from, private_file_response, typed_number
from people.permissions import role_required
from people.roles import TRAINEE

LIMITS = {
    "file_mb": MAX_FILE_BYTES // 2**20,
    "total_mb": MAX_TOTAL_BYTES // 2**20,
    "files": MAX_FILES,
    "text": TEXT_MAX,
}


@require_GET
@role_required(TRAINEE)
def task_list(request: HttpRequest) -> HttpResponse:
    """Everything one has been given, the open first."""
    tasks = (
        TaskAssignment.objects.visible_to(request.user)
        .select_related("task_version__task")
        .prefetch_related("submissions")
    )
    rows = sorted(((task, _latest(task)) for task in tasks), key=_order)
    return render(request, "exams/task_list.html", {"rows": rows, "now": timezone.now()})


def _latest(task: TaskAssignment) -> Submission | None:
    return next(iter(task.submissions.all()), None)


def _order(row: tuple[TaskAssignment, Submission | None]) -> tuple[bool, Any, int]:
    task, latest = row
    closed = {SubmissionState.HANDED_IN, SubmissionState.MARKED}
    done = latest is not None and latest.state in closed
    return done, task.due_at or task.assigned_at, task.pk


@require_GET
@role_required(TRAINEE)
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The task as it was set, and one's draft or what was handed in."""
    return _page(request, _own(request, pk))


@posted_from("exams:task_detail", "pk")
@role_required(TRAINEE)
def task_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the text, take in and take out files; "check" goes on to the last look."""
    task, at = _own(request, pk), timezone.now()
    text = request.POST.get("text", "")
    try:
        save_submission(assignment_id=task.pk, person=request.user, text=text, at=at)
        if (file_id := typed_number(request.POST.get("remove"))) is not None:
            remove_file(file_id=file_id, person=request.user, at=at)
    except ExamError as error:
        return _page(request, task, typed=text, errors=[error.message])
    errors = _take_files(request, task)
    if errors:
        return _page(request, task, errors=errors)
    if request.POST.get("action") == "check":
        return redirect("exams:task_confirm", pk=task.pk)
    messages.success(request, _("Draft saved. Nothing has been handed in yet."))
    return redirect("exams:task_detail", pk=task.pk)


def _take_files(request: HttpRequest, task: TaskAssignment) -> list[str]:
    """Keep what is good and say what is wrong with each of the others."""
    errors = []
    for upload in request.FILES.getlist("files"):
        name = upload.name or ""
        try:
            if (upload.size or 0) > MAX_FILE_BYTES:
                raise ExamError("upload_too_big", upload_message("too_big"))
            add_file(
                assignment_id=task.pk, person=request.user, name=name,
                data=upload.read(), at=timezone.now(),
            )  # fmt: skip
        except ExamError as error:
            errors.append(f"{name[:80]}: {error.message}")
    return errors


@require_http_methods(["GET", "POST"])
@role_required(TRAINEE)
def task_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The last look, then the hand-in that freezes it."""
    task = _own(request, pk)
    if request.method == "POST":
        try:
            hand_in_submission(assignment_id=task.pk, person=request.user, at=timezone.now())
        except ExamError as error:
            return _page(request, task, errors=[error.message])
        messages.success(request, _("Handed in. It can no longer be changed."))
        return redirect("exams:task_detail", pk=task.pk)
    submission = _latest(task)
    if submission is None or not submission.is_draft:
        return redirect("exams:task_detail", pk=task.pk)
    context = {
        "task": task, "submission": submission, "files": list(submission.files.all()),
        "late": task.due_at is not None and timezone.now() > task.due_at,
    }  # fmt: skip
    return render(request, "exams/task_confirm.html", context)


@require_GET
@role_required(TRAINEE)
def task_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A data file of a task one was given; graders' files are not found."""
    file = get_object_or_404(
        TaskFile, pk=pk, audience=Audience.TRAINEE,
        version__in=TaskAssignment.objects.visible_to(request.user).values("task_version"),
    )  # fmt: skip
    return private_file_response(file.file, file.name)


@require_GET
@role_required(TRAINEE)
def upload_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file one has handed in or holds in a draft."""
    mine = Submission.objects.visible_to(request.user)
    file = get_object_or_404(SubmissionFile, pk=pk, submission__in=mine)
    return private_file_response(file.file, file.name)


def _own(request: HttpRequest, pk: int) -> TaskAssignment:
    tasks = TaskAssignment.objects.visible_to(request.user)
    task = (
        tasks.select_related("task_version__task")
        .prefetch_related("submissions__files")
        .filter(pk=pk)
        .first()
    )
    if task is None:
        raise Http404
    return task


def _page(
    request: HttpRequest,
    task: TaskAssignment,
    *,
    typed: str | None = None,
    errors: list[str] | None = None,
) -> HttpResponse:
    if errors:
        task = _own(request, task.pk)  # what was saved before the fault shows
    version, submissions = task.task_version, list(task.submissions.all())
    latest = submissions[0] if submissions else None
    returned = latest if latest and latest.state == SubmissionState.RETURNED else None
    if latest and latest.is_draft and len(submissions) > 1:
        returned = submissions[1]
    frozen = latest if latest and not latest.is_draft and latest is not returned else None
    text = latest.text if latest else ""
    context = {
        "task": task, "version": version, "criteria": version.criteria, "limits": LIMITS,
        "data_files": version.files.filter(audience=Audience.TRAINEE),
        "latest": latest, "frozen": frozen, "returned": returned,
        "files": list(latest.files.all()) if latest else [],
        "text": typed if typed is not None else text, "errors": errors or [],
        "late": task.due_at is not None and timezone.now() > task.due_at,
    }  # fmt: skip
    return render(request, "exams/task_detail.html", context)
