"""HR, approver and finance: the queue of claims, their steps, and filing by class."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kit.http import bad_request, only_filters
from kit.refusing import Refused
from people import roles
from people.permissions import role_required
from subsidies import services
from subsidies.choices import DROPPED_CLAIM_STATES, ClaimState
from subsidies.forms import BatchForm, DecisionForm
from subsidies.models import Claim, ClaimBatch, PolicyVersion
from subsidies.services.batches import FILED_STATES
from subsidies.views.own import claim_page, visible_claim
from training.models import TrainingClass

LOOKERS = (roles.HR, roles.FINANCE, roles.APPROVER, roles.AUDITOR)
PAGE = 50
STANDS = ~Q(claims__state__in=DROPPED_CLAIM_STATES)  # what the roster of a batch adds up


@require_safe
@role_required(*LOOKERS)
@only_filters("state", "page")
def claim_list(request: HttpRequest) -> HttpResponse:
    """All claims by state, the batches, and what could be filed now."""
    state = request.GET.get("state", "")
    if state and state not in ClaimState.values:
        return bad_request(request, _("There is no such state of a claim. Choose one in the list."))
    claims = Claim.objects.select_related("policy_version__policy", "person", "certificate")
    counts = dict(Claim.objects.values_list("state").annotate(Count("pk")).order_by())
    if state:
        claims = claims.filter(state=state)
    page = Paginator(claims, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": [(value, label, counts.get(value, 0)) for value, label in ClaimState.choices],
        "batches": ClaimBatch.objects.select_related("policy_version__policy", "training_class")
        .annotate(
            claim_count=Count("claims", filter=STANDS),
            total_fen=Sum("claims__amount_fen", filter=STANDS, default=0),
        )
        .order_by("-made_at")[:20],
        "fileable": fileable(),
    }
    return render(request, "subsidies/claim_list.html", context)


def fileable() -> list[Any]:
    """Classes and policies with handed-in claims that are in no batch yet."""
    rows = (
        Claim.objects.filter(batch=None, state__in=FILED_STATES)
        .values(
            "enrolment__training_class",
            "enrolment__training_class__name",
            "policy_version",
            "policy_version__policy__title",
        )
        .annotate(claims=Count("pk"), total_fen=Sum("amount_fen"))
        .order_by("enrolment__training_class", "policy_version")
    )
    return list(rows)


@require_POST
@role_required(roles.HR, roles.APPROVER, roles.FINANCE)
def claim_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of a claim: check, approve, pay, return or refuse."""
    claim = visible_claim(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _as_typed(request, claim, form, status=400)
    data = form.cleaned_data
    plain: dict[str, Any] = {"claim_id": claim.pk, "by": request.user, "at": timezone.now()}
    steps = {
        "check": lambda: services.check_claim(**plain),
        "approve": lambda: services.approve_claim(**plain),
        "pay": lambda: services.pay_claim(**plain, reference=data["reference"]),
        "return": lambda: services.return_claim(**plain, reason=data["reason"]),
        "refuse": lambda: services.refuse_claim(**plain, reason=data["reason"]),
    }
    try:
        done = steps[data["step"]]()
    except Refused as error:
        form.add_error(None, error.message)
        return _as_typed(request, claim, form, status=409)
    messages.success(request, _("The claim is now “%s”.") % done.get_state_display())
    return redirect("subsidies:claim_detail", claim.pk)


def _as_typed(
    request: HttpRequest, claim: Claim, form: DecisionForm, *, status: int
) -> HttpResponse:
    """The claim again, as it stands, with what was typed and why it was not done."""
    claim = visible_claim(request, claim.pk)
    page = claim_page(claim, request.user, decision=form)
    return render(request, "subsidies/claim_detail.html", page, status=status)


@require_POST
@role_required(roles.HR)
def batch_file(request: HttpRequest) -> HttpResponse:
    """File the handed-in claims of a class under a policy, and ask for the roster."""
    form = BatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a class and a policy."))
        return redirect("subsidies:claim_list")
    training_class = get_object_or_404(TrainingClass, pk=form.cleaned_data["training_class"])
    version = get_object_or_404(PolicyVersion, pk=form.cleaned_data["policy_version"])
    at = timezone.now()
    try:
        batch = services.file_batch(
            training_class=training_class, policy_version=version, by=request.user, at=at
        )
    except Refused as error:
        messages.error(request, error.message)
        return redirect("subsidies:claim_list")
    services.request_roster(batch_id=batch.pk, by=request.user, at=at)
    return redirect("subsidies:batch_detail", batch.pk)


@require_safe
@role_required(*LOOKERS)
def batch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(
        ClaimBatch.objects.select_related(
            "policy_version__policy", "training_class__programme", "made_by"
        ),
        pk=pk,
    )
    claims = batch.claims.select_related("person", "certificate").order_by("person__number")
    standing = claims.exclude(state__in=DROPPED_CLAIM_STATES)  # as on the roster
    total = standing.aggregate(total=Sum("amount_fen"))["total"] or 0
    context = {
        "batch": batch,
        "claims": claims,
        "total_fen": total,
        "dossiers": batch.dossiers.all(),
    }
    return render(request, "subsidies/batch_detail.html", context)
