"""Attendance that was entered later: who, when, why, and its share."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kit.http import only_filters
from people.permissions import role_required
from people.roles import AUDITOR, HR, TRAINER
from training.models import TrainingClass
from training.queries import late_entries, late_share

PAGE = 50


@role_required(HR, AUDITOR, TRAINER)
@only_filters("page")
@require_safe
def late_entry_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The late entries of one class, newest first."""
    classes = TrainingClass.objects.inspected_by(request.user)
    training_class = get_object_or_404(classes, pk=pk)
    page = Paginator(late_entries(training_class), PAGE).get_page(request.GET.get("page"))
    context = {
        "training_class": training_class,
        "page_obj": page,
        "late_share": late_share(training_class),
    }
    return render(request, "training/late_entry_list.html", context)
