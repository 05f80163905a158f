"""Asking for papers and fetching them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit.services import record
from kit.http import private_file_response
from kit.refusing import Refused
from people import roles
from people.permissions import role_required
from people.roles import has_role
from subsidies import services
from subsidies.models import ClaimBatch, ClaimDocument, Dossier
from subsidies.views.own import visible_claim

READERS = (roles.HR, roles.FINANCE, roles.APPROVER, roles.AUDITOR)


@require_POST
@login_required
def application_request(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have the application form of a claim made."""
    claim = visible_claim(request, pk)
    try:
        services.request_application(claim_id=claim.pk, by=request.user, at=timezone.now())
    except Refused as error:
        messages.error(request, error.message)
    return redirect("subsidies:claim_detail", claim.pk)


@require_POST
@role_required(roles.HR, roles.FINANCE)
def roster_request(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have the roster of a batch made."""
    batch = get_object_or_404(ClaimBatch, pk=pk)
    services.request_roster(batch_id=batch.pk, by=request.user, at=timezone.now())
    return redirect("subsidies:batch_detail", batch.pk)


@require_safe
@login_required
def dossier_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A made paper; every download of one with full numbers leaves an audit row."""
    visible = Dossier.objects.all()
    if not has_role(request.user, *READERS):
        visible = visible.filter(Q(claim__person_id=request.user.pk))
    dossier = get_object_or_404(visible, pk=pk)
    if not dossier.file:
        raise Http404
    record(
        action="subsidies.dossier_downloaded", at=timezone.now(), actor=request.user, obj=dossier
    )
    owner = dossier.claim or dossier.batch
    return private_file_response(dossier.file, f"{owner}.pdf")


@require_safe
@login_required
def document_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper that was handed in with a claim."""
    visible = ClaimDocument.objects.all()
    if not has_role(request.user, *READERS):
        visible = visible.filter(claim__person_id=request.user.pk)
    paper = get_object_or_404(visible, pk=pk)
    record(
        action="subsidies.document_downloaded",
        at=timezone.now(),
        actor=request.user,
        obj=paper.claim,
    )
    return private_file_response(paper.file, paper.name)
