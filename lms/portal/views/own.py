"""One's own page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.portal import nav
from lms.portal.queries.own import own_certificates, own_enrolments, profile_of
from people.roles import TRAINEE, has_role, roles_of


@require_safe
@login_required
def own_profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, my classes, certificates, claims and notices."""
    learns = has_role(request.user, TRAINEE)
    context: dict[str, Any] = {
        "profile": profile_of(request.user),
        "learns": learns,
        "homes": nav.homes(roles_of(request.user)),
        "links": {
            "account": nav.address("people:own_account"),
            "catalogue": nav.address("learning:catalogue_list"),
            "search": nav.address("learning:lesson_search"),
            "results": nav.address("exams:own_result_list"),
            "claims": nav.address("subsidies:own_claim_list"),
            "surveys": nav.address("evaluations:survey_list"),
            "packs": nav.address("reports:own_pack_list"),
            "jobs": nav.address("jobs:job_list"),
            "notices": nav.address("notices:notice_list"),
            "certificates": nav.address("certificates:certificate_wall"),
        },
    }
    if learns:
        context |= {
            "enrolments": own_enrolments(request.user),
            "certificates": own_certificates(request.user),
        }
    return render(request, "portal/own_profile.html", context)
