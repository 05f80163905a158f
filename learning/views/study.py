"""Starting to study and beating: small JSON for the hour bar, and one form without it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.refusing import Refused
from learning.choices import StudyKind
from learning.models import StudySession
from learning.queries import studied_lessons
from learning.services import BeatResult, beat, resume_study, start_study


@login_required
@require_POST
def study_start(request: HttpRequest, pk: int) -> JsonResponse:
    """Begin to study here; answers where to send the beats."""
    lesson = get_object_or_404(studied_lessons(request.user), pk=pk)
    session = start_study(person=request.user, lesson=lesson, at=timezone.now())
    return JsonResponse({"beat_url": reverse("learning:study_beat", args=[session.pk])})


@login_required
@require_POST
def study_beat(request: HttpRequest, session_id: int) -> JsonResponse:
    """One beat. `resume=1` says that the time since the last one was a pause."""
    at = timezone.now()
    kind = request.POST.get("kind", "")
    if request.POST.get("resume"):
        resume_study(session_id=session_id, person=request.user, at=at)
    try:
        result = beat(
            session_id=session_id,
            person=request.user,
            at=at,
            kind=kind if kind in StudyKind.values else StudyKind.READING,
        )
    except Refused as error:
        raise Http404 from error
    return JsonResponse(
        {
            "state": result.state,
            "credited": result.credited,
            "seconds": result.lesson_seconds,
            "planned": result.planned_seconds,
            "completed": result.completed,
        }
    )


@login_required
@require_POST
def study_here(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I am studying", pressed by hand where scripts do not run."""
    lesson = get_object_or_404(studied_lessons(request.user), pk=pk)
    at = timezone.now()
    session = StudySession.objects.filter(
        person_id=request.user.pk, lesson=lesson, ended_at=None
    ).first()
    if session is None:
        start_study(person=request.user, lesson=lesson, at=at)
        messages.success(request, _("Your time counts from now. Press again within 60 seconds."))
    else:
        messages.info(request, _said(beat(session_id=session.pk, person=request.user, at=at)))
    return redirect("learning:lesson_detail", pk=pk)


def _said(result: BeatResult) -> str:
    if result.state == "full":
        return _("This lesson has all its time.")
    if result.state == "capped":
        return _("Six hours a day are counted at most; today is full.")
    if not result.credited:
        return _("More than 60 seconds had passed, so they do not count. Counting again from now.")
    return _("%(n)d seconds counted. Press again within 60 seconds.") % {"n": result.credited}
