"""Marking practical work: the queue, and the desk with submission and rubric side by side."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exams.models import Submission, SubmissionFile, TaskFile
from exams.queries.marking import QueueRow, markable, open_to, queue, queue_row
from exams.rules.rubric import Choice, Criterion
from exams.services.errors import ExamError
from exams.services.rubric_marking import (
    LEASE,
    UnfinishedMarking,
    claim_submission,
    finish_marking,
    release_submission,
    return_submission,
    save_marking,
)
from exams.views.desk import desk_context
from kit.http import private_file_response, typed_number, typed_text
from people.permissions import role_required
from people.roles import GRADER, TRAINER

STATES = ("waiting", "draft", "held", "done", "all")
SHOWN = 200


def queue_of(user: Any) -> list[QueueRow]:
    """The marker's rows, oldest hand-in first; one page of a desk holds at most 200."""
    at = timezone.now()
    return [queue_row(submission, user, at) for submission in queue(user)[:SHOWN]]


def counted(rows: list[QueueRow], state: str) -> dict[str, Any]:
    """Counts per state and the rows of the chosen one."""
    counts = {name: sum(row.state == name for row in rows) for name in STATES[:-1]}
    counts["all"] = len(rows)
    chosen = state if state in STATES else "waiting"
    shown = rows if chosen == "all" else [row for row in rows if row.state == chosen]
    still_open = counts["waiting"] + counts["draft"]
    return {"counts": counts, "state": chosen, "rows": shown, "open": still_open}


@require_GET
@role_required(GRADER, TRAINER)
def practical_queue(request: HttpRequest) -> HttpResponse:
    """What waits, what one began, what others hold, what is done."""
    state = request.GET.get("state", "waiting")
    context = counted(queue_of(request.user), state)
    return render(request, "exams/practical_queue.html", context)


@require_POST
@role_required(GRADER, TRAINER)
def practical_next(request: HttpRequest) -> HttpResponse:
    """Hold the next that waits and go there."""
    return _to_next(request, skip=typed_number(request.POST.get("skip")))


def _to_next(request: HttpRequest, skip: int | None = None) -> HttpResponse:
    waiting: QuerySet[Submission] = open_to(request.user)
    for submission_id in waiting.exclude(pk=skip or 0).values_list("pk", flat=True)[:SHOWN]:
        try:
            claim_submission(submission_id=submission_id, by=request.user, at=timezone.now())
        except ExamError:
            continue
        return redirect("exams:practical_grade", pk=submission_id)
    messages.success(request, _("Nothing else waits for you."))
    return redirect("exams:practical_queue")


@require_POST
@role_required(GRADER, TRAINER)
def practical_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold this one."""
    _submission(request, pk)
    try:
        claim_submission(submission_id=pk, by=request.user, at=timezone.now())
    except ExamError as error:
        messages.error(request, error.message)
    return redirect("exams:practical_grade", pk=pk)


@require_POST
@role_required(GRADER, TRAINER)
def practical_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up the hold; the draft stays."""
    _submission(request, pk)
    release_submission(submission_id=pk, by=request.user, at=timezone.now())
    messages.success(request, _("Given up. Your draft is kept."))
    return redirect("exams:practical_queue")


@require_POST
@role_required(GRADER, TRAINER)
def practical_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with a reason."""
    _submission(request, pk)
    reason = typed_text(request.POST, "reason")
    try:
        return_submission(submission_id=pk, by=request.user, reason=reason, at=timezone.now())
    except ExamError as error:
        messages.error(request, error.message)
        return redirect("exams:practical_grade", pk=pk)
    messages.success(request, _("Sent back to be handed in again."))
    return redirect("exams:practical_queue")


@require_http_methods(["GET", "POST"])
@role_required(GRADER, TRAINER)
def practical_grade(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk. POST saves a draft ("draft") or finishes and goes on ("finish")."""
    submission = _submission(request, pk)
    if request.method == "POST":
        return _grade(request, submission)
    return render(request, "exams/practical_grade.html", _context(request, submission))


def _grade(request: HttpRequest, submission: Submission) -> HttpResponse:
    criteria = submission.assignment.task_version.criteria
    typed = choices_from(request.POST, criteria)
    finish = request.POST.get("action") == "finish"
    try:
        marking = (finish_marking if finish else save_marking)(
            submission_id=submission.pk, by=request.user, levels=typed,
            comment=typed_text(request.POST, "comment"),
            revision=typed_number(request.POST.get("revision")) or 0, at=timezone.now(),
        )  # fmt: skip
    except ExamError as error:
        return _refused(request, submission, typed, error)
    if _wants_json(request):
        return JsonResponse(
            {
                "revision": marking.revision,
                "saved_at": timezone.localtime(marking.saved_at).strftime("%H:%M:%S"),
                "lease_seconds": int(LEASE.total_seconds()),
            }
        )
    if finish:
        messages.success(
            request, _("%(code)s is marked: %(points)s.")
            % {"code": submission.code, "points": f"{float(marking.points or 0):.2f}"},
        )  # fmt: skip
        return _to_next(request)
    messages.success(request, _("Draft saved."))
    return redirect("exams:practical_grade", pk=submission.pk)


def _refused(
    request: HttpRequest, submission: Submission, typed: dict[str, Choice], error: ExamError
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"code": error.code, "message": error.message}, status=409)
    found = error.faults if isinstance(error, UnfinishedMarking) else ()
    context = _context(
        request, submission, typed=typed, comment=request.POST.get("comment"), faults=found,
        error=error,
    )  # fmt: skip
    return render(request, "exams/practical_grade.html", context)


def _context(request: HttpRequest, submission: Submission, **said: Any) -> dict[str, Any]:
    rows = queue_of(request.user)
    desk = desk_context(submission, request.user, timezone.now(), **said)
    return {**counted(rows, request.GET.get("state", "all")), **_around(rows, submission), **desk}


def _around(rows: list[QueueRow], submission: Submission) -> dict[str, Any]:
    ids = [row.submission.pk for row in rows]
    place = ids.index(submission.pk) if submission.pk in ids else -1
    return {
        "before": ids[place - 1] if place > 0 else None,
        "after": ids[place + 1] if 0 <= place < len(ids) - 1 else None,
    }


def choices_from(data: Any, criteria: tuple[Criterion, ...]) -> dict[str, Choice]:
    """What was ticked and written; a level that is no number counts as none."""
    return {
        criterion.key: Choice(
            typed_number(data.get(f"level-{criterion.key}")),
            typed_text(data, f"comment-{criterion.key}"),
        )
        for criterion in criteria
    }


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@require_GET
@role_required(GRADER, TRAINER)
def practical_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of a submission this person may mark."""
    mine = Submission.objects.markable_by(request.user)
    file = get_object_or_404(
        SubmissionFile.objects.select_related("submission"), pk=pk, submission__in=mine
    )
    return private_file_response(file.file, file.blind_name)


@require_GET
@role_required(GRADER, TRAINER)
def practical_task_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A data file of a task this person marks, the graders' own included."""
    versions = Submission.objects.markable_by(request.user).values("assignment__task_version")
    file = get_object_or_404(TaskFile, pk=pk, version__in=versions)
    return private_file_response(file.file, file.name)


def _submission(request: HttpRequest, pk: int) -> Submission:
    submission = markable(request.user).prefetch_related("files").filter(pk=pk).first()
    if submission is None:
        raise Http404
    return submission
