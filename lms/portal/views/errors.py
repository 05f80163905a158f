"""Answers to what could not be done, in words a person can use."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another page, another site or too long ago."""
    return render(request, "403_csrf.html", status=403)


def only_forms(request: HttpRequest, allowed: str) -> HttpResponse:
    """An address that takes forms was opened like a page."""
    answer = render(request, "405.html", status=405)
    answer["Allow"] = allowed
    return answer


def busy(request: HttpRequest) -> HttpResponse:
    """The database is too busy to take the request; it says so and when to come back."""
    answer = render(request, "503.html", status=503)
    answer["Retry-After"] = "5"
    return answer
