"""Starting to study and reporting on it: small JSON for the hour bar, and one form without it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.http import posted_from, typed_number
from kit.refusing import Refused
from learning.choices import EventKind, NoCredit, StudyKind
from learning.models import StudySession
from learning.queries import studied_lessons
from learning.rules.attending import Pace
from learning.services import BeatResult, Report, report_study, start_study
from learning.views.seen import know_device, seen_of

# What a page may report; the rest the server notes by itself.
REPORTED = {
    EventKind.BEAT, EventKind.HIDDEN, EventKind.SHOWN, EventKind.IDLE, EventKind.BACK,
    EventKind.ASKED, EventKind.ANSWERED, EventKind.LEFT, EventKind.RETURN,
}  # fmt: skip
HIGHEST_SEQ = 10**9


@login_required
@posted_from("learning:lesson_detail", "pk")
def study_start(request: HttpRequest, pk: int) -> JsonResponse:
    """Begin to study here; answers where to send the reports."""
    lesson = get_object_or_404(studied_lessons(request.user), pk=pk)
    at = timezone.now()
    session = start_study(person=request.user, lesson=lesson, at=at, seen=seen_of(request))
    answer = JsonResponse({"beat_url": reverse("learning:study_beat", args=[session.pk])})
    know_device(request, answer)
    return answer


@login_required
@require_POST
def study_beat(request: HttpRequest, session_id: int) -> JsonResponse:
    """One report: `event` and its `seq`, `idle` seconds without input, `kind` of study."""
    at = timezone.now()
    seq = typed_number(request.POST.get("seq"))
    event = request.POST.get("event", EventKind.BEAT)
    if event not in REPORTED or not seq or seq > HIGHEST_SEQ:
        return JsonResponse({"message": _("The report is not readable.")}, status=400)
    kind = request.POST.get("kind", "")
    report = Report(
        kind=event,
        seq=seq,
        idle_seconds=min(typed_number(request.POST.get("idle")) or 0, HIGHEST_SEQ),
        spent_on=kind if kind in StudyKind.values else StudyKind.READING,
        seen=seen_of(request),
        pace=Pace(*settings.STUDY_PACE),
    )
    try:
        result = report_study(session_id=session_id, person=request.user, at=at, report=report)
    except Refused as error:
        raise Http404 from error
    return JsonResponse(
        {
            "state": result.state,
            "reason": result.reason,
            "asked": result.asked,
            "credited": result.credited,
            "seconds": result.lesson_seconds,
            "planned": result.planned_seconds,
            "completed": result.completed,
        }
    )


@login_required
@posted_from("learning:lesson_detail", "pk")
def study_here(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I am studying", pressed by hand where scripts do not run."""
    lesson = get_object_or_404(studied_lessons(request.user), pk=pk)
    at = timezone.now()
    session = StudySession.objects.filter(
        person_id=request.user.pk, lesson=lesson, ended_at=None
    ).first()
    if session is None:
        start_study(person=request.user, lesson=lesson, at=at, seen=seen_of(request))
        messages.success(request, _("Your time counts from now. Press again within 60 seconds."))
    else:
        report = Report(kind=EventKind.BY_HAND, seen=seen_of(request))
        result = report_study(session_id=session.pk, person=request.user, at=at, report=report)
        messages.info(request, _said(result))
    answer = redirect("learning:lesson_detail", pk=pk)
    know_device(request, answer)
    return answer


def _said(result: BeatResult) -> str:
    if result.state == "full":
        return _("This lesson has all its time.")
    if result.state == "capped":
        return _("Eight class hours a day (six hours) are counted at most; today is full.")
    if result.reason == NoCredit.GAP:
        return _("More than 60 seconds had passed, so they do not count. Counting again from now.")
    if not result.credited:
        return _("Counting again from now. Press again within 60 seconds.")
    return _("%(n)d seconds counted. Press again within 60 seconds.") % {"n": result.credited}
