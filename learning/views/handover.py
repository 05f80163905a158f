"""Going on at a computer: the code on the phone, the address /pc/, and the step after sign-in."""

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit.http import typed_text
from kit.refusing import Refused
from learning.context import lesson_place
from learning.models import Handover
from learning.queries import visible_lessons
from learning.services import find_handover, make_handover, use_handover

SESSION_KEY = "learning_handover"
LONGEST_CODE = 40


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handover_show(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what the code is for. POST: make one and show it, once."""
    lesson = get_object_or_404(visible_lessons(request.user), pk=pk)
    address = settings.PUBLIC_URL + reverse("learning:handover_enter")
    context = {"lesson": lesson, "address": address, "given": None, "error": ""}
    if request.method != "POST":
        return render(request, "learning/handover_show.html", context)
    try:
        context["given"] = make_handover(person=request.user, lesson=lesson, at=timezone.now())
    except Refused as error:
        context["error"] = error.message
    status = 429 if context["error"] else 200
    return render(request, "learning/handover_show.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handover_enter(request: HttpRequest) -> HttpResponse:
    """The address one types at a computer. A code that is open leads to sign-in, never past it."""
    context = {"code": typed_text(request.POST, "code")[:LONGEST_CODE], "error": ""}
    if request.method != "POST":
        return render(request, "learning/handover_enter.html", context)
    limits = settings.HANDOVER_RATE_LIMITS
    if not consume(request, app="learning", action="enter", config=limits):
        context["error"] = _("Too many tries from here. Wait a minute.")
        return render(request, "learning/handover_enter.html", context, status=429)
    found = find_handover(code=context["code"], at=timezone.now())
    if found is None:
        context["error"] = _("No code like this is open. Check the letters, or make a new one.")
        return render(request, "learning/handover_enter.html", context, status=422)
    request.session[SESSION_KEY] = found.pk
    return redirect("learning:handover_go")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handover_go(request: HttpRequest) -> HttpResponse:
    """After sign-in: say who is signed in and which lesson opens; POST uses the code up."""
    pk = request.session.get(SESSION_KEY) or 0
    found = Handover.objects.filter(pk=pk).select_related("lesson").first()
    if found is None:
        return redirect("learning:handover_enter")
    if request.method != "POST":
        is_mine = found.person_id == request.user.pk
        context = {"lesson": found.lesson if is_mine else None}
        return render(request, "learning/handover_go.html", context)
    request.session.pop(SESSION_KEY)
    try:
        lesson_id = use_handover(handover_id=pk, person=request.user, at=timezone.now())
    except Refused as error:
        messages.error(request, error.message)
        return redirect("learning:handover_enter")
    lesson = get_object_or_404(visible_lessons(request.user), pk=lesson_id)
    place = lesson_place(request.user, lesson)
    anchor = f"#{place['anchor']}" if place else ""
    return redirect(reverse("learning:lesson_detail", args=[lesson_id]) + anchor)
