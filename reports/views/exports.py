"""The list of reports, each started as a job."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobs.models import Job
from kit.http import only_filters
from people import roles
from people.permissions import role_required
from reports import services
from reports.forms import ExportForm
from reports.queries.kpis import years_with_classes

LOOKERS = (roles.HR, roles.AUDITOR)


@require_safe
@role_required(*LOOKERS)
@only_filters()
def report_list(request: HttpRequest) -> HttpResponse:
    """Both reports with year and unit, and one's earlier exports."""
    this_year = timezone.localdate().year
    first = {"year": this_year, "kind": "completion", "format": "xlsx"}
    return _list(request, ExportForm(initial=first, this_year=this_year))


def _list(request: HttpRequest, form: ExportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "years": years_with_classes(),
        "jobs": Job.objects.visible_to(request.user).filter(kind__startswith="report-")[:10],
    }
    return render(request, "reports/report_list.html", context, status=status)


@require_POST
@role_required(*LOOKERS)
def export_start(request: HttpRequest) -> HttpResponse:
    """Start one export and go to its progress bar."""
    form = ExportForm(request.POST, this_year=timezone.localdate().year)
    if not form.is_valid():
        messages.error(request, _("Choose a report, a format, a year and a unit from the lists."))
        return _list(request, form, status=400)
    job = services.start_export(
        kind=form.cleaned_data["kind"],
        format=form.cleaned_data["format"],
        scope=form.scope,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("jobs:job_detail", job.pk)
