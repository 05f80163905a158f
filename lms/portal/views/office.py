"""The start page of personnel and finance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.portal import nav
from lms.portal.gaps import rows_for
from lms.portal.queries.office import OfficeCounts, office_counts
from people import roles
from people.permissions import role_required
from people.roles import has_role


@require_safe
@role_required(roles.HR, roles.FINANCE)
def hr_home(request: HttpRequest) -> HttpResponse:
    """The doors of the office, each with what stands behind it."""
    found = doors(office_counts(), hr=has_role(request.user, roles.HR),
                  finance=has_role(request.user, roles.FINANCE))  # fmt: skip
    gaps = rows_for(request.user, timezone.localdate()) if has_role(request.user, roles.HR) else []
    return render(request, "portal/hr_home.html", {"doors": found, "gaps": gaps})


def doors(counts: OfficeCounts, *, hr: bool, finance: bool) -> list[dict[str, Any]]:
    """The doors these roles have; one that leads nowhere yet is left out."""
    every: list[tuple[bool, str, str, str, int | None, str, str]] = [
        (hr, "reports:dashboard_view", "chart", _("Five indicators"), None, "",
         _("Coverage, completion, satisfaction, pass rate and transfer against their targets.")),
        (hr, "people:person_list", "users", _("People"), counts.trainees, _("trainees"),
         _("Find a person, correct a profile, print sign-in slips.")),
        (hr, "people:roster_import", "upload", _("Import a roster"), None, "",
         _("Preview first: which rows go in, which are mended, which are refused and why.")),
        (hr, "training:class_list", "calendar", _("Training classes"), counts.classes,
         _("classes open"), _("Open a class, enrol people, see who is admitted to the exam.")),
        (hr, "training:programme_list", "book", _("Programmes"), None, "",
         _("Courses, demands, price and exam that a class takes over.")),
        (hr or finance, "subsidies:claim_list", "money", _("Subsidy claims"), None, "",
         _("Entitlement, check, approval and payment, each by another person.")),
        (finance, "subsidies:finance_overview", "doc", _("Fees and payments"), None, "",
         _("Receivables, waivers, payments and what is still open.")),
        (hr, "reports:report_list", "download", _("Reports and exports"), None, "",
         _("Completion and subsidies as XLSX or CSV, made in the background.")),
    ]  # fmt: skip
    return [
        {"url": nav.address(name), "icon": icon, "label": label, "count": count, "unit": unit,
         "text": text}
        for mine, name, icon, label, count, unit, text in every
        if mine and nav.address(name)
    ]  # fmt: skip
