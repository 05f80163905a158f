"""Programmes, kept by HR."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from people.permissions import role_required
from people.roles import HR
from training.forms import ProgrammeForm
from training.models import Programme


@role_required(HR)
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes with how many classes they have had."""
    programmes = Programme.objects.annotate(
        class_count=Count("classes", distinct=True), course_count=Count("courses", distinct=True)
    ).select_related("exam", "assessment_scheme")
    return render(request, "training/programme_list.html", {"programmes": programmes})


@role_required(HR)
def programme_create(request: HttpRequest) -> HttpResponse:
    """A new programme; its timetable may be copied from another one."""
    return _edit(request, Programme())


@role_required(HR)
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a programme; classes that exist keep what they copied."""
    return _edit(request, get_object_or_404(Programme, pk=pk))


def _edit(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, instance=programme)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            record(
                action="training.programme_saved",
                at=timezone.now(),
                actor=request.user,
                obj=saved,
                detail={"changed": form.changed_data},
            )
        messages.success(request, _("Programme %(title)s was saved.") % {"title": saved.title})
        return redirect("training:programme_list")
    context = {"form": form, "programme": programme}
    return render(request, "training/programme_edit.html", context)
