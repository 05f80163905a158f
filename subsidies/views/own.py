"""The trainee's side of claims; HR uses the same pages for a person."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.http import bad_request, only_filters, posted_from
from kit.refusing import Refused
from people import roles
from people.roles import has_role
from subsidies import services
from subsidies.choices import OPEN_CLAIM_STATES, UNDECIDED_CLAIM_STATES, ClaimState, DocumentKind
from subsidies.forms import DecisionForm, DocumentForm, OfferForm
from subsidies.models import Claim, PolicyVersion
from subsidies.queries import claimable
from subsidies.services.explaining import amount_lines, sentence
from training.models import Enrolment


@require_safe
@login_required
@only_filters()
def own_claim_list(request: HttpRequest) -> HttpResponse:
    """My claims, and what I could claim with every condition named."""
    on = timezone.localdate()
    offers = [
        {
            "enrolment": enrolment,
            "version": version,
            "found": found,
            "conditions": [(c.met, sentence(c)) for c in found.conditions],
        }
        for enrolment, version, found in claimable(request.user, on=on)
    ]
    claims = Claim.objects.filter(person_id=request.user.pk).select_related(
        "policy_version__policy"
    )
    return render(request, "subsidies/own_claim_list.html", {"claims": claims, "offers": offers})


@posted_from("subsidies:own_claim_list")
@login_required
def claim_make(request: HttpRequest, enrolment_id: int, version_id: int) -> HttpResponse:
    """Begin a claim for oneself, or as HR for a person."""
    visible = Enrolment.objects.all()
    if not has_role(request.user, roles.HR):
        visible = visible.filter(person_id=request.user.pk)
    enrolment = get_object_or_404(visible, pk=enrolment_id)
    at = timezone.now()
    version = get_object_or_404(
        PolicyVersion.objects.in_force(timezone.localdate(at)), pk=version_id
    )
    form = OfferForm(request.POST)
    if not form.is_valid():
        return bad_request(
            request, _("The amount in the form is not a number. Open the page again.")
        )
    try:
        claim = services.make_claim(
            enrolment_id=enrolment.pk,
            policy_version=version,
            by=request.user,
            at=at,
            shown_fen=form.cleaned_data["amount_fen"],
        )
    except Refused as error:
        messages.error(request, error.message)
        return _to_what_stands(request, enrolment, at)
    return redirect("subsidies:claim_detail", claim.pk)


def _to_what_stands(request: HttpRequest, enrolment: Enrolment, at: datetime) -> HttpResponse:
    """To the claim that takes the place of a new one, or back to where one came from."""
    claims = Claim.objects.visible_to(request.user).live().filter(person=enrolment.person_id)
    year = timezone.localdate(at).year
    standing = claims.filter(Q(year=year) | Q(enrolment=enrolment)).order_by("pk").first()
    if standing is not None:
        return redirect("subsidies:claim_detail", standing.pk)
    is_own = enrolment.person_id == request.user.pk
    return redirect("subsidies:own_claim_list" if is_own else "subsidies:claim_list")


def claim_page(
    claim: Claim, user: Any, *, form: DocumentForm | None = None, decision: Any = None
) -> dict[str, Any]:
    """What the page of one claim shows; `decision` is a step that was refused, as typed."""
    found = services.weigh(claim=claim, at=timezone.now())
    terms = claim.policy_version.terms
    papers = list(claim.documents.all())
    handed = {paper.kind for paper in papers}
    maker = claim.person_id == user.pk or has_role(user, roles.HR)
    return {
        "claim": claim,
        "found": found,
        "conditions": [(c.met, sentence(c)) for c in found.conditions],
        "lines": amount_lines(terms, claim.fee_fen, claim.amount_fen),
        "wanted": [(DocumentKind(kind).label, kind in handed) for kind in terms.documents],
        "papers": papers,
        "form": form or DocumentForm(),
        "decision": decision or DecisionForm(),
        "changed": services.changed_since(claim),
        "dossiers": claim.dossiers.all(),
        "events": claim.events.select_related("by"),
        "may_change": claim.state in OPEN_CLAIM_STATES and maker,
        "may_withdraw": claim.state in UNDECIDED_CLAIM_STATES
        and user.pk in (claim.person_id, claim.made_by_id),
        "steps": steps_open_to(claim, user),
    }


def steps_open_to(claim: Claim, user: Any) -> list[str]:
    """The steps this person may take on the claim in its state; services ask again."""
    parts = {claim.made_by_id, claim.checked_by_id, claim.approved_by_id, claim.person_id}
    if user.pk in parts:
        return []
    if claim.state == ClaimState.APPROVED and has_role(user, roles.FINANCE):
        return ["pay"] if services.may_be_paid(claim) else ["refuse"]
    by_state = {
        "submitted": (roles.HR, ["check", "return", "refuse"]),
        "checked": (roles.APPROVER, ["approve", "return", "refuse"]),
    }
    role, steps = by_state.get(claim.state, ("", []))
    return steps if role and has_role(user, role) else []


def visible_claim(request: HttpRequest, pk: int) -> Claim:
    """A claim this person may see, else 404."""
    claims = Claim.objects.visible_to(request.user).select_related(
        "policy_version__policy",
        "enrolment__training_class__programme",
        "person__profile",
        "certificate",
    )
    return get_object_or_404(claims, pk=pk)


@login_required
def claim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim as a list of tasks; posting adds a paper."""
    claim = visible_claim(request, pk)
    posted = request.method == "POST"
    form = DocumentForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid() and _paper_added(request, claim, form):
        return redirect("subsidies:claim_detail", claim.pk)
    status = 400 if posted else 200
    page = claim_page(claim, request.user, form=form)
    return render(request, "subsidies/claim_detail.html", page, status=status)


def _paper_added(request: HttpRequest, claim: Claim, form: DocumentForm) -> bool:
    upload = form.cleaned_data["file"]
    try:
        services.add_document(
            claim_id=claim.pk,
            kind=form.cleaned_data["kind"],
            name=upload.name,
            content=upload.read(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, _("The paper has been added."))
    return True


@posted_from("subsidies:claim_detail", "pk")
@login_required
def claim_submit(request: HttpRequest, pk: int) -> HttpResponse:
    claim = visible_claim(request, pk)
    try:
        services.submit_claim(claim_id=claim.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The claim has been handed in."))
    except Refused as error:
        messages.error(request, error.message)
    return redirect("subsidies:claim_detail", claim.pk)


@posted_from("subsidies:claim_detail", "pk")
@login_required
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a claim back, after the page has asked once more."""
    claim = visible_claim(request, pk)
    try:
        services.withdraw_claim(claim_id=claim.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The claim has been withdrawn."))
    except Refused as error:
        messages.error(request, error.message)
    return redirect("subsidies:claim_detail", claim.pk)
