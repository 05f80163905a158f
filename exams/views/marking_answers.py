"""The marking desk for written answers of the theory exam."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exams.forms import PointsForm
from exams.models import PaperItem
from exams.queries.paper import latest_values
from exams.queries.written import blind_code, items_to_mark, marked_by, marking_list
from exams.rules.question_types.case import split_case
from exams.services import ExamError, hold_item, mark_item_by_points, release_item
from people.permissions import role_required
from people.roles import GRADER, TRAINER


@role_required(GRADER, TRAINER)
def marking_queue(request: HttpRequest) -> HttpResponse:
    """Answers that wait for a mark, without names."""
    waiting = marking_list(request.user, timezone.now())
    mine = marked_by(request.user)
    return render(request, "exams/marking_queue.html", {"waiting": waiting, "marked": mine})


@role_required(GRADER, TRAINER)
def item_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one answer by its key points. Opening it holds it for twenty minutes."""
    at = timezone.now()
    item = _item(request, pk)
    try:
        lease = hold_item(
            attempt_id=item.attempt_id, position=item.position, by=request.user, at=at
        )
    except ExamError as error:
        messages.error(request, error.message)
        return redirect("exams:marking_queue")
    form = PointsForm(request.POST or None, key=item.version.key)
    if request.method == "POST" and form.is_valid() and _give(request, item, form, at):
        return _next(request, at)
    return render(request, "exams/item_mark.html", _desk(request, item, form, lease, at))


def _item(request: HttpRequest, pk: int) -> PaperItem:
    item = (
        items_to_mark(request.user)
        .select_related("attempt", "attempt__sitting", "version__question")
        .filter(pk=pk)
        .first()
    )
    if item is None:
        raise Http404
    return item


def _give(request: HttpRequest, item: PaperItem, form: PointsForm, at: datetime) -> bool:
    try:
        mark_item_by_points(
            attempt_id=item.attempt_id, position=item.position, points=form.given(),
            comment=form.cleaned_data["comment"], by=request.user, at=at,
        )  # fmt: skip
    except ExamError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, _("The mark is given."))
    return True


def _next(request: HttpRequest, at: datetime) -> HttpResponse:
    """The next answer that nobody else holds, or the queue when there is none."""
    for waiting in marking_list(request.user, at):
        if waiting.holder != "other":
            return redirect("exams:item_mark", pk=waiting.pk)
    return redirect("exams:marking_queue")


def _desk(
    request: HttpRequest, item: PaperItem, form: PointsForm, lease: Any, at: datetime
) -> dict[str, Any]:
    material, asks = split_case(item.version.stem)
    answer = latest_values(item.attempt_id).get(item.position)
    return {
        "item": item, "form": form, "lease": lease, "code": blind_code(item.attempt.seed),
        "material": material, "asks": asks, "answer": answer, "length": len(answer or ""),
        "waiting": marking_list(request.user, at), "marked": marked_by(request.user),
    }  # fmt: skip


@require_POST
@role_required(GRADER, TRAINER)
def item_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an answer back to the queue."""
    item = _item(request, pk)
    release_item(attempt_id=item.attempt_id, position=item.position, by=request.user)
    return redirect("exams:marking_queue")
