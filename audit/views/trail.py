"""The trail, for auditors."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.forms import AuditFilterForm
from audit.models import AuditRow, AuditSeal
from audit.models.row import reads_audit

PAGE_SIZE = 50
KNOWN = {*AuditFilterForm.base_fields, "page"}


@require_GET
@login_required
def audit_list(request: HttpRequest) -> HttpResponse:
    """Rows, newest first, filtered by the address; an unknown filter is refused, never ignored."""
    if not reads_audit(request.user):
        raise Http404
    if unknown := set(request.GET) - KNOWN:
        raise BadRequest(f"unknown filter: {', '.join(sorted(unknown))}")
    form = AuditFilterForm(request.GET)
    rows = form.filter(AuditRow.objects.visible_to(request.user))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    sealed = set(
        AuditSeal.objects.filter(rows__row_id__in=[row.pk for row in page]).values_list(
            "rows__row_id", flat=True
        )
    )
    context = {
        "form": form,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "sealed": sealed,
        "head": AuditSeal.objects.order_by("-number").first(),
    }
    return render(request, "audit/audit_list.html", context)
