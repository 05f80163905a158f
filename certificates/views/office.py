"""What the exam office sees: every certificate, the state of its paper, and revocations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from certificates import services
from certificates.choices import CertificateState, RevocationState
from certificates.forms import RevocationForm
from certificates.models import Certificate, Revocation
from certificates.permissions import STAFF, approves_revocation, issues_certificates
from certificates.queries import passed_without_certificate
from kit.http import bad_request, only_filters
from kit.refusing import Refused
from people.permissions import role_required
from people.roles import APPROVER, OFFICER

PAGE_SIZE = 50
FILTERS: dict[str, Q] = {
    "": Q(),
    "pending": Q(state=CertificateState.PENDING, stuck_code=""),
    "stuck": Q(state=CertificateState.PENDING) & ~Q(stuck_code=""),
    "valid": Q(state=CertificateState.VALID),
    "asked": Q(revocations__state=RevocationState.OPEN),
    "revoked": Q(state=CertificateState.REVOKED),
}


def _labels() -> dict[str, str]:
    return {
        "": _("All"),
        "pending": _("Being made"),
        "stuck": _("Stuck"),
        "valid": _("Valid"),
        "asked": _("Revocation waits"),
        "revoked": _("Revoked"),
    }


@role_required(*STAFF)
@require_safe
@only_filters("q", "state", "page")
def office_list(request: HttpRequest) -> HttpResponse:
    """All certificates, by state, by number or name."""
    state = request.GET.get("state", "")
    state = state if state in FILTERS else ""
    text = request.GET.get("q", "").strip()[:60]
    every = Certificate.objects.visible_to(request.user).filter(FILTERS[state])
    if text:
        every = every.filter(Q(number__icontains=text) | Q(person__name__icontains=text))
    page = Paginator(every.select_related("person"), PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page_obj": page,
        "rows": [(each, each.shown_state(today)) for each in page],
        "filters": [(key, label, key == state) for key, label in _labels().items()],
        "state": state,
        "text": text,
        "stuck": Certificate.objects.filter(FILTERS["stuck"]).count(),
        "waiting": passed_without_certificate().count(),
        "may_issue": issues_certificates(request.user),
    }
    return render(request, "certificates/office_list.html", context)


def _page(request: HttpRequest, certificate: Certificate, form: RevocationForm) -> HttpResponse:
    revocations = list(certificate.revocations.select_related("requested_by", "decided_by"))
    still_open = next((each for each in revocations if each.state == RevocationState.OPEN), None)
    officer = issues_certificates(request.user)
    context = {
        "certificate": certificate,
        "shown_state": certificate.shown_state(timezone.localdate()),
        "form": form,
        "revocations": revocations,
        "open_revocation": still_open,
        "may_decide": still_open is not None and approves_revocation(request.user, still_open),
        "may_rerun": officer and certificate.state == CertificateState.PENDING,
        "may_revoke": officer
        and still_open is None
        and certificate.state != CertificateState.REVOKED,
    }
    status = 422 if form.errors else 200
    return render(request, "certificates/office_detail.html", context, status=status)


def _found(user: Any, uid: UUID) -> Certificate:
    return get_object_or_404(
        Certificate.objects.visible_to(user).select_related("person", "scheme"), uid=uid
    )


@role_required(*STAFF)
@require_safe
def office_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One certificate: what is frozen, its paper, its revocations."""
    return _page(request, _found(request.user, uid), RevocationForm())


@role_required(OFFICER)
@require_POST
def paper_rerun(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start a paper again."""
    certificate = _found(request.user, uid)
    try:
        services.rerun_rendering(certificate=certificate, by=request.user, at=timezone.now())
        messages.success(request, _("The paper is being made again."))
    except Refused as error:
        messages.error(request, error.message)
    return redirect("certificates:office_detail", uid=uid)


@role_required(OFFICER)
@require_POST
def revocation_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a revocation."""
    certificate, form = _found(request.user, uid), RevocationForm(request.POST)
    if form.is_valid():
        try:
            services.request_revocation(
                certificate=certificate, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as error:
            form.add_error(None, error.message)
    if form.errors:
        return _page(request, certificate, form)
    messages.success(request, _("The request waits for an approver."))
    return redirect("certificates:office_detail", uid=uid)


@role_required(APPROVER)
@require_POST
def revocation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or decline a revocation."""
    revocation = get_object_or_404(Revocation.objects.select_related("certificate"), pk=pk)
    decision = request.POST.get("decision")
    if decision not in ("confirm", "decline"):
        return bad_request(request, _("Confirm the revocation or decline it."))
    confirm = decision == "confirm"
    try:
        services.decide_revocation(
            revocation=revocation, confirm=confirm, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Revoked.") if confirm else _("The request is declined."))
    except Refused as error:
        messages.error(request, error.message)
    return redirect("certificates:office_detail", uid=revocation.certificate.uid)


@role_required(OFFICER)
@require_POST
def missing_issue(request: HttpRequest) -> HttpResponse:
    """Issue what was approved before its programme had a scheme."""
    made = services.issue_missing(by=request.user, at=timezone.now())
    text = ngettext("%(count)s certificate numbered.", "%(count)s certificates numbered.", made)
    messages.success(request, text % {"count": made})
    return redirect("certificates:office_list")
