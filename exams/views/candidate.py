"""The way into the exam: own exams, the lobby, the start."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from exams.choices import AttemptState
from exams.models import Admission
from exams.rules.drawing import read_blueprint, total_count, total_mark
from exams.rules.errors import RuleError
from exams.services import ExamError, start_attempt
from kit.http import posted_from
from people.permissions import role_required
from people.roles import TRAINEE


@role_required(TRAINEE)
def exam_list(request: HttpRequest) -> HttpResponse:
    """Own admissions, those that can be sat first."""
    at = timezone.now()
    admissions = list(
        Admission.objects.visible_to(request.user)
        .valid()
        .select_related("sitting__exam")
        .prefetch_related("attempts")
        .order_by("-sitting__opens_at", "pk")
    )
    cards = [_card(admission, at) for admission in admissions]
    order = {"resume": 0, "open": 1, "soon": 2}
    cards.sort(key=lambda card: order.get(card["state"], 3))
    return render(request, "exams/exam_list.html", {"cards": cards})


def _card(admission: Admission, at: Any) -> dict[str, Any]:
    """One exam of the list: where it stands for this person."""
    opens_at, closes_at = admission.window
    attempt = next(iter(admission.attempts.all()), None)
    if attempt is not None and attempt.state != AttemptState.OPEN:
        state = "marked" if attempt.state == AttemptState.MARKED else "submitted"
    elif attempt is not None:
        state = "resume"
    elif at < opens_at:
        state = "soon"
    else:
        state = "open" if at < closes_at else "missed"
    return {"admission": admission, "attempt": attempt, "state": state,
            "opens_at": opens_at, "closes_at": closes_at}  # fmt: skip


@role_required(TRAINEE)
def exam_lobby(request: HttpRequest, pk: int) -> HttpResponse:
    """The room before the room: device check, rules, the promise, the start."""
    at = timezone.now()
    admission = get_object_or_404(
        Admission.objects.visible_to(request.user).valid().select_related("sitting__exam"), pk=pk
    )
    card = _card(admission, at)
    if card["attempt"] is not None:
        return redirect("exams:exam_room", pk=card["attempt"].pk)
    return render(request, "exams/exam_lobby.html", {**card, **_paper_facts(admission), "now": at})


def _paper_facts(admission: Admission) -> dict[str, Any]:
    exam = admission.sitting.exam
    try:
        parts = read_blueprint(exam.blueprint)
    except RuleError:  # an unpublished exam; the start will say so
        parts = []
    rules = [line.strip() for line in exam.instructions.splitlines() if line.strip()]
    return {"exam": exam, "count": total_count(parts), "total": total_mark(parts), "rules": rules}


@posted_from("exams:exam_lobby", "pk")
@role_required(TRAINEE)
def attempt_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start, or go on where one was. Pressing twice does no harm."""
    at = timezone.now()
    admission = get_object_or_404(Admission.objects.visible_to(request.user), pk=pk)
    if not request.POST.get("promise"):
        messages.error(request, _("Tick the promise to work alone, then start."))
        return redirect("exams:exam_lobby", pk=admission.pk)
    try:
        attempt = start_attempt(admission_id=admission.pk, person=request.user, at=at)
    except ExamError as error:
        messages.error(request, error.message)
        return redirect("exams:exam_list")
    return redirect("exams:exam_room", pk=attempt.pk)


@role_required(TRAINEE)
def server_clock(request: HttpRequest) -> JsonResponse:
    """The only clock that counts, for the device check."""
    return JsonResponse({"server_now": timezone.now().isoformat()})
