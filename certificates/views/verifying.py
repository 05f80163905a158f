"""The public door: no sign-in, no cookie, one answer for everything that is not there."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates.services.verifying import (
    Answer,
    look_up_code,
    look_up_number,
    may_ask,
    too_many,
)


def _asked_too_often(request: HttpRequest, at: datetime) -> bool:
    return not may_ask(address=request.META.get("REMOTE_ADDR", ""), at=at)


def _page(request: HttpRequest, answer: Answer | None, at: datetime) -> HttpResponse:
    context = {
        "answer": answer,
        "facts": answer.facts if answer else {},
        "at": at,
        "demo": settings.DEMO,
        "number": request.POST.get("number", "")[:60],
        "surname": request.POST.get("surname", "")[:80],
    }
    status = 404 if answer is not None and answer.state == "missing" else 200
    response = render(request, "certificates/verify.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The state of the certificate behind a code, which is what its QR code carries."""
    at = timezone.now()
    answer = look_up_code(text=code, at=at)
    return _page(request, too_many(answer) if _asked_too_often(request, at) else answer, at)


# Exempt: it changes nothing, and whoever checks a certificate needs no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask by number and surname."""
    at = timezone.now()
    if request.method != "POST":
        return _page(request, None, at)
    number, surname = request.POST.get("number", ""), request.POST.get("surname", "")
    answer = look_up_number(number=number, surname=surname, at=at)
    return _page(request, too_many(answer) if _asked_too_often(request, at) else answer, at)
