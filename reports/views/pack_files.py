"""Having evidence packs frozen, and fetching what was frozen."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit.services import record
from kit.http import posted_from, private_file_response
from people import roles
from people.permissions import role_required
from reports import services
from reports.models import EvidencePack
from reports.permissions import MAKERS
from reports.queries.packs.readers import own_places, readable_classes, readable_places


@require_POST
@role_required(*MAKERS)
def class_pack_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the file of a class; with `everybody`, the files of all its people instead."""
    training_class = get_object_or_404(readable_classes(request.user), pk=pk)
    job = services.start_packs(
        training_class=training_class,
        everybody="everybody" in request.POST,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("jobs:job_detail", job.pk)


@require_POST
@role_required(*MAKERS)
def person_pack_make(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Freeze the file of one person in a class."""
    places = readable_places(request.user).select_related("training_class", "person")
    enrolment = get_object_or_404(places, training_class=pk, pk=enrolment_pk)
    job = services.start_packs(
        training_class=enrolment.training_class,
        enrolment=enrolment,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("jobs:job_detail", job.pk)


@posted_from("reports:own_pack", "enrolment_pk")
@role_required(roles.TRAINEE)
def own_pack_make(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """Freeze the own file of one class."""
    enrolment = get_object_or_404(own_places(request.user), pk=enrolment_pk)
    job = services.start_packs(
        training_class=enrolment.training_class,
        enrolment=enrolment,
        own=True,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("jobs:job_detail", job.pk)


@require_safe
@login_required
def pack_download(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The paper of a pack (pdf) or the content that its digest is of (json); audited."""
    packs = EvidencePack.objects.visible_to(request.user)
    pack = get_object_or_404(packs.select_related("training_class", "enrolment__person"), pk=pk)
    record(
        action="reports.pack_downloaded",
        at=timezone.now(),
        actor=request.user,
        obj=pack,
        detail={"kind": kind},
    )
    if kind == "json":
        return private_file_response(pack.content_file, pack.file_name.replace(".pdf", ".json"))
    return private_file_response(pack.file, pack.file_name)
