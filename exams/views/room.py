"""The exam room: the paper, saving, handing in, and the result."""

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exams.choices import AttemptState
from exams.models import Attempt
from exams.queries.outcome import attempt_outcome
from exams.queries.paper import candidate_paper
from exams.services import ExamError, close_if_overdue, save_responses, submit_attempt
from exams.services.answers import SaveResult
from exams.views.words import part_ordinal, room_words
from kit.exact import print_score
from kit.http import posted_from
from people.permissions import role_required
from people.roles import TRAINEE

STATUS = {"not_found": 404, "not_served": 404, "bad_request": 400, "bad_value": 400,
          "stale": 409, "submitted": 409, "closed": 410}  # fmt: skip


@never_cache
@role_required(TRAINEE)
def exam_room(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole paper in one page, with the answers saved so far and without any key."""
    at = timezone.now()
    attempt = get_object_or_404(
        Attempt.objects.visible_to(request.user).select_related("sitting__exam"), pk=pk
    )
    if attempt.state != AttemptState.OPEN or close_if_overdue(attempt_id=pk, at=at):
        return redirect("exams:attempt_result", pk=pk)
    parts = candidate_paper(attempt)
    questions = [question for part in parts for question in part.questions]
    context = {
        "attempt": attempt,
        "parts": [(part, part_ordinal(part.number)) for part in parts],
        "count": len(questions),
        "answered": sum(question.answered for question in questions),
        "now_ms": milliseconds(at),
        "deadline_ms": milliseconds(attempt.deadline),
        "words": json.dumps(room_words(), ensure_ascii=False),
    }
    return render(request, "exams/exam_room.html", context)


@posted_from("exams:exam_room", "pk")
@login_required
def responses_save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save answers: {items: [{position, seq, value}]} → {saved, server_now, deadline}."""
    at = timezone.now()
    try:
        items = json.loads(request.body)["items"]
        if not isinstance(items, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError, RawPostDataException):
        return _refusal("bad_request", _("The request is not readable."), at)
    try:
        result = save_responses(attempt_id=pk, person=request.user, items=items, at=at)
    except ExamError as error:
        return _refusal(error.code, error.message, at)
    return _saved(result, at)


def _refusal(code: str, message: str, at: datetime) -> JsonResponse:
    body = {"code": code, "message": message, "server_now": at.isoformat()}
    return JsonResponse(body, status=STATUS[code])


def _saved(result: SaveResult, at: datetime) -> JsonResponse:
    """200, or the status of the first refused answer; what could be saved is saved either way."""
    body: dict[str, Any] = {
        "saved": [{"position": position, "seq": seq} for position, seq in result.saved],
        "server_now": at.isoformat(),
        "deadline": result.deadline.isoformat(),
    }
    if not result.refused:
        return JsonResponse(body)
    body["refused"] = [vars(refusal) for refusal in result.refused]
    body["code"], body["message"] = result.refused[0].code, result.refused[0].message
    return JsonResponse(body, status=STATUS[result.refused[0].code])


@posted_from("exams:exam_room", "pk")
@role_required(TRAINEE)
def attempt_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in; handing in twice shows the same result."""
    at = timezone.now()
    attempt = get_object_or_404(Attempt.objects.visible_to(request.user), pk=pk)
    submit_attempt(attempt_id=attempt.pk, person=request.user, at=at)
    messages.success(request, _("Your paper is handed in."))
    return redirect("exams:attempt_result", pk=attempt.pk)


@never_cache
@role_required(TRAINEE)
def attempt_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the paper stands; the score once everything is marked. Never a key."""
    at = timezone.now()
    found = Attempt.objects.visible_to(request.user).select_related("sitting__exam")
    attempt = get_object_or_404(found, pk=pk)
    if attempt.state == AttemptState.OPEN:
        if not close_if_overdue(attempt_id=pk, at=at):
            return redirect("exams:exam_room", pk=pk)
        attempt = found.get(pk=pk)
    score = None if attempt.theory is None else print_score(attempt.theory)
    context = {"attempt": attempt, "outcome": attempt_outcome(attempt), "score": score}
    return render(request, "exams/attempt_result.html", context)


def milliseconds(at: datetime) -> int:
    """Unix time in milliseconds, which is what the page counts in."""
    return int(at.timestamp() * 1000)
