"""Printed slips for first sign-in."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kit.http import typed_number, typed_text
from kit.qr import qr_svg
from kit.refusing import Refused
from people import services
from people.forms.records import PeopleFilter
from people.models import User
from people.permissions import role_required
from people.roles import ADMINISTRATOR, HR

MOST = 200


@role_required(HR, ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
def slip_print(request: HttpRequest) -> HttpResponse:
    """GET: choose whom to print slips for. POST: issue them and show the sheets, once."""
    if request.method == "POST":
        return _print(request)
    form = PeopleFilter(request.GET or {"state": "waiting"})
    people = form.narrow(
        User.objects.visible_to(request.user)
        .filter(is_active=True)
        .select_related("profile__unit__parent")
        .prefetch_related("activation_slips")
    )[:MOST]
    return render(
        request, "people/slip_choose.html", {"filter": form, "people": people, "most": MOST}
    )


def _print(request: HttpRequest) -> HttpResponse:
    ticked = [typed_number(text) for text in request.POST.getlist("people")[:MOST]]
    wanted = [number for number in ticked if number is not None]
    people = list(User.objects.visible_to(request.user).filter(pk__in=wanted))
    if not people:
        messages.error(request, _("Tick the people first."))
        return redirect("people:slip_print")
    try:
        slips = services.issue_slips(
            people=people,
            by=request.user,
            at=timezone.now(),
            identity_check=typed_text(request.POST, "identity_check"),
        )
    except Refused as error:
        messages.error(request, error.message)
        if len(people) == 1:
            return redirect("people:person_detail", people[0].pk)
        return redirect("people:slip_print")
    return slip_sheet(request, slips)


def slip_sheet(request: HttpRequest, slips: list[services.PrintedSlip]) -> HttpResponse:
    """The page to print: eight slips on an A4 sheet, each with its QR code."""
    cards = [{"slip": slip, "qr": qr_svg(activation_address(slip.code))} for slip in slips]
    return render(
        request,
        "people/slip_sheet.html",
        {"cards": cards, "address": settings.PUBLIC_URL + reverse("people:slip_enter")},
    )


def activation_address(code: str) -> str:
    """What the QR code of a slip carries: the page with the code filled in."""
    return f"{settings.PUBLIC_URL}{reverse('people:slip_enter')}?{urlencode({'code': code})}"
