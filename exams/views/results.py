"""Results for the exam officer and the approver: list, detail, submit, approve, return."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from audit.models import AuditRow
from exams.choices import AssessmentState
from exams.models import Assessment
from exams.permissions import approves_results, submits_results
from exams.queries.results import component_history, task_sheets
from exams.services.approvals import approve_assessment, return_assessment, submit_assessment
from exams.services.errors import ExamError
from exams.views.sheets import ACTIONS, label, sheet_of
from kit.http import only_filters, typed_number, typed_text
from people.permissions import role_required
from people.roles import APPROVER, AUDITOR, OFFICER

PAGE = 50


@require_GET
@role_required(OFFICER, APPROVER, AUDITOR)
@only_filters("q", "state", "verdict", "page")
def result_list(request: HttpRequest) -> HttpResponse:
    """All results with filters in the address; the first filter is one's own work."""
    text = request.GET.get("q", "").strip()[:60]
    found = _searched(text)
    counts = dict(found.values_list("state").annotate(n=Count("pk")).order_by())
    state = request.GET.get("state", _own_work(request.user))
    rows = found.filter(state=state) if state in AssessmentState.values else found
    verdict = request.GET.get("verdict", "")
    if verdict in {"passed", "failed"}:
        rows = rows.filter(passed=verdict == "passed", total_numerator__isnull=False)
    page = Paginator(rows.select_related("person"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "rows": [(row, sheet_of(row)) for row in page.object_list],
        "text": text, "state": state, "verdict": verdict,
        "filters": [(key, name, counts.get(key, 0)) for key, name in AssessmentState.choices],
        "total": sum(counts.values()), **_rights(request.user),
    }  # fmt: skip
    return render(request, "exams/result_list.html", context)


def _searched(text: str) -> QuerySet[Assessment]:
    rows = Assessment.objects.order_by("-id")
    if not text:
        return rows
    return rows.filter(
        Q(person__name__icontains=text) | Q(person__number__iexact=text) | Q(title__icontains=text)
    )


def _own_work(user: Any) -> str:
    return AssessmentState.SUBMITTED if approves_results(user) else AssessmentState.READY


def _rights(user: Any) -> dict[str, bool]:
    return {"may_submit": submits_results(user), "may_approve": approves_results(user)}


@require_GET
@role_required(OFFICER, APPROVER, AUDITOR)
def result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One result with everything it stands on."""
    return _detail(request, _found(pk))


def _detail(request: HttpRequest, row: Assessment, reason: str = "") -> HttpResponse:
    user = request.user
    waits = row.state == AssessmentState.SUBMITTED
    open_now = row.state in (AssessmentState.READY, AssessmentState.RETURNED)
    rights, own = _rights(user), row.person_id == user.pk
    marks = [(mark, label(mark.item)) for mark in component_history(row)]
    context = {
        "row": row, "sheet": sheet_of(row), "reason": reason,
        "tasks": task_sheets(row), "marks": marks,
        "history": _history(row),
        "can_submit": rights["may_submit"] and open_now and row.total is not None and not own,
        "can_approve": rights["may_approve"] and waits and not own
        and row.submitted_by_id != user.pk,
        "can_return": rights["may_approve"] and waits and not own,
        "is_own_submission": waits and row.submitted_by_id == user.pk,
    }  # fmt: skip
    return render(request, "exams/result_detail.html", context)


def _history(row: Assessment) -> list[tuple[AuditRow, str]]:
    rows = AuditRow.objects.filter(object_kind="exams.assessment", object_id=str(row.pk))
    return [(entry, str(ACTIONS.get(entry.action, entry.action))) for entry in rows.order_by("id")]


def _found(pk: int) -> Assessment:
    people = ("person", "submitted_by", "approved_by", "sitting")
    row = Assessment.objects.select_related(*people).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_POST
@role_required(OFFICER)
def result_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one result to approval."""
    return _decide(request, pk, submit_assessment, _("Submitted for approval."))


@require_POST
@role_required(APPROVER)
def result_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one result final."""
    return _decide(request, pk, approve_assessment, _("Approved. The result is final."))


@require_POST
@role_required(APPROVER)
def result_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one result back with a reason."""
    reason = typed_text(request.POST, "reason")
    row = _found(pk)
    try:
        return_assessment(assessment_id=pk, by=request.user, reason=reason, at=timezone.now())
    except ExamError as error:
        messages.error(request, error.message)
        return _detail(request, row, reason)
    messages.success(request, _("Returned to the exam officer."))
    return redirect("exams:result_detail", pk=pk)


def _decide(
    request: HttpRequest, pk: int, decide: Callable[..., Assessment], done: str
) -> HttpResponse:
    _found(pk)
    try:
        decide(assessment_id=pk, by=request.user, at=timezone.now())
    except ExamError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("exams:result_detail", pk=pk)


@require_POST
@role_required(OFFICER, APPROVER)
def result_bulk(request: HttpRequest) -> HttpResponse:
    """Submit or approve the picked results; each is checked by itself and named when refused."""
    action = request.POST.get("action")
    decide = {"submit": submit_assessment, "approve": approve_assessment}.get(action or "")
    numbers = (typed_number(text) for text in request.POST.getlist("pick")[:PAGE])
    picked = [number for number in numbers if number is not None]
    if decide is None or not picked:
        messages.error(request, _("Pick at least one result."))
        return redirect("exams:result_list")
    names = dict(Assessment.objects.filter(pk__in=picked).values_list("pk", "person__name"))
    done = 0
    for pk in picked:
        try:
            decide(assessment_id=pk, by=request.user, at=timezone.now())
            done += 1
        except ExamError as error:
            messages.error(request, f"{names.get(pk, pk)}: {error.message}")
    if done:
        said = ngettext("%d result done.", "%d results done.", done) % done
        messages.success(request, said)
    return redirect("exams:result_list")
