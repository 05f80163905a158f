"""The front door: everybody starts here and is sent where their work is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lms.portal import nav
from people.roles import roles_of


@require_safe
@login_required
def front_door(request: HttpRequest) -> HttpResponse:
    """Straight to the one start page a person has, or a choice between several."""
    choices = nav.homes(roles_of(request.user))
    if len(choices) < 2:
        return redirect(choices[0].url if choices else "portal:own_profile")
    return render(request, "portal/front_door.html", {"choices": choices})
