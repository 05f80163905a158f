"""A person's own account."""

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.models import Profile, User


@login_required
@require_GET
def own_account(request: HttpRequest) -> HttpResponse:
    """What the platform knows about the person, how he signs in, which roles he has."""
    person = cast(User, request.user)
    profile = (
        Profile.objects.filter(user=person)
        .select_related("unit__parent", "post", "supervisor")
        .first()
    )
    return render(
        request,
        "people/own_account.html",
        {"profile": profile, "has_second_step": is_mfa_enabled(person)},
    )
