"""Fees: receivables, waivers, payments."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kit.http import only_filters
from kit.refusing import Refused
from people import roles
from people.permissions import role_required
from subsidies import services
from subsidies.choices import WaiverState
from subsidies.forms import PaymentForm, WaiverDecisionForm, WaiverForm
from subsidies.models import PolicyVersion, Receivable, Waiver

LOOKERS = (roles.FINANCE, roles.HR, roles.APPROVER, roles.AUDITOR)
PAGE = 50


@require_safe
@role_required(*LOOKERS)
@only_filters("q", "page")
def finance_overview(request: HttpRequest) -> HttpResponse:
    """All fees with their waivers and payments; totals are sums of the rows."""
    word = request.GET.get("q", "").strip()
    receivables = Receivable.objects.select_related(
        "enrolment__person", "enrolment__training_class"
    ).prefetch_related("waivers")
    if word:
        receivables = receivables.filter(
            Q(enrolment__person__name__icontains=word)
            | Q(enrolment__person__number__iexact=word)
            | Q(enrolment__training_class__code__iexact=word)
        )
    totals = receivables.order_by().aggregate(
        list_price=Sum("list_price_fen"),
        waiver=Sum("waiver_fen"),
        due=Sum("due_fen"),
        paid=Sum("paid_fen"),
    )
    page = Paginator(receivables, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "totals": {k: v or 0 for k, v in totals.items()}, "q": word}
    return render(request, "subsidies/finance_overview.html", context)


def waiver_versions() -> Any:
    """Versions in force today of policies that are waivers."""
    versions = PolicyVersion.objects.in_force(timezone.localdate()).select_related("policy")
    return versions.filter(data__method="waiver_capped")


@role_required(*LOOKERS)
def receivable_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One fee; finance records payments here."""
    receivable = get_object_or_404(Receivable, pk=pk)
    posted = request.method == "POST"
    form = PaymentForm(request.POST if posted else None, initial={"paid_on": timezone.localdate()})
    if form.is_valid() and _payment_recorded(request, receivable, form):
        return redirect("subsidies:receivable_detail", receivable.pk)
    return _fee_page(request, receivable.pk, form=form, status=400 if posted else 200)


def _fee_page(request: HttpRequest, pk: int, *, status: int, **forms: Any) -> HttpResponse:
    """One fee with its forms, one of them perhaps as it was typed."""
    receivable = get_object_or_404(
        Receivable.objects.select_related(
            "enrolment__person", "enrolment__training_class__programme"
        ),
        pk=pk,
    )
    waivers = list(receivable.waivers.select_related("policy_version__policy"))
    context = {
        "receivable": receivable,
        "waivers": waivers,
        "may_ask": not any(waiver.state != WaiverState.REFUSED for waiver in waivers),
        "payments": receivable.payments.select_related("recorded_by"),
        "form": PaymentForm(initial={"paid_on": timezone.localdate()}),
        "waiver_form": WaiverForm(versions=waiver_versions()),
        "decision": WaiverDecisionForm(),
        **forms,
    }
    return render(request, "subsidies/receivable_detail.html", context, status=status)


def _payment_recorded(request: HttpRequest, receivable: Receivable, form: PaymentForm) -> bool:
    data = form.cleaned_data
    try:
        services.record_payment(
            receivable_id=receivable.pk,
            amount_fen=data["amount"],
            paid_on=data["paid_on"],
            receipt_number=data["receipt_number"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, _("The payment has been recorded."))
    return True


@require_POST
@role_required(roles.FINANCE, roles.HR)
def waiver_request(request: HttpRequest, pk: int) -> HttpResponse:
    receivable = get_object_or_404(Receivable, pk=pk)
    form = WaiverForm(request.POST, versions=waiver_versions())
    if not form.is_valid():
        return _fee_page(request, receivable.pk, waiver_form=form, status=400)
    try:
        services.request_waiver(
            receivable_id=receivable.pk,
            policy_version=form.cleaned_data["policy_version"],
            evidence=form.cleaned_data["evidence"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as error:
        form.add_error(None, error.message)
        return _fee_page(request, receivable.pk, waiver_form=form, status=409)
    messages.success(request, _("The waiver waits for approval."))
    return redirect("subsidies:receivable_detail", receivable.pk)


@require_POST
@role_required(roles.APPROVER)
def waiver_decide(request: HttpRequest, pk: int) -> HttpResponse:
    waiver = get_object_or_404(Waiver, pk=pk)
    form = WaiverDecisionForm(request.POST)
    if not form.is_valid():
        return _fee_page(request, waiver.receivable_id, decision=form, status=400)
    try:
        services.decide_waiver(
            waiver_id=waiver.pk,
            approve=form.cleaned_data["approve"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as error:
        form.add_error(None, error.message)
        return _fee_page(request, waiver.receivable_id, decision=form, status=409)
    messages.success(request, _("The waiver has been decided."))
    return redirect("subsidies:receivable_detail", waiver.receivable_id)
