"""Evidence packs as pages: a class's, a person's, one's own."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kit.http import only_filters
from people import roles
from people.permissions import role_required
from people.roles import has_role
from reports.choices import Audience
from reports.models import EvidencePack
from reports.permissions import READERS, makes_packs, reads_money
from reports.queries.packs import OWN, TRAINER, Depth, class_content, person_content, place
from reports.queries.packs.readers import own_places, readable_classes, readable_places
from reports.services.packs import class_sections, person_sections
from reports.views.links import links_for, own_links
from training.permissions import teaches

PEOPLE_A_PAGE = 50
SHOWN = 10
STAFF = (*READERS, roles.TRAINER)


def _files(request: HttpRequest, packs: Any) -> dict[str, Any]:
    """The frozen files of a subject that this reader may fetch, newest first."""
    visible = packs.visible_to(request.user).select_related("requested_by")
    return {
        "packs": visible.order_by("-number")[:SHOWN],
        "makes": makes_packs(request.user),
        "reads_files": reads_money(request.user),
    }


def depth_for(user: Any) -> Depth:
    """The office reads everything but, for exam officers, money and findings; a trainer reads less.

    Nobody reads findings about oneself.
    """
    if has_role(user, *READERS):
        reads_files = reads_money(user)
        return Depth(money=reads_files, findings=reads_files, reader=user.pk)
    return replace(TRAINER, reader=user.pk)


@require_safe
@role_required(*STAFF)
@only_filters("page")
def class_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """一班一档: the check is of the whole class, the rows of people come in pages."""
    training_class = get_object_or_404(readable_classes(request.user), pk=pk)
    depth = replace(depth_for(request.user), full=False)
    content = class_content(training_class, at=timezone.now(), depth=depth)
    page = Paginator(content["people"], PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    link = links_for(request.user, training_class, teaches=teaches(request.user, training_class))
    context = {
        "training_class": training_class,
        "page": page,
        "sections": class_sections(content, link=link, people=list(page)),
        **_files(request, EvidencePack.objects.filter(training_class=pk, enrolment=None)),
    }
    return render(request, "reports/class_pack.html", context)


@require_safe
@role_required(*STAFF)
def person_pack(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """一人一档: one person in one class, as the staff reads it. `pk` is the class."""
    found = get_object_or_404(readable_places(request.user), training_class=pk, pk=enrolment_pk)
    enrolment = place(found.pk)
    training_class = enrolment.training_class
    content = person_content(enrolment, at=timezone.now(), depth=depth_for(request.user))
    link = links_for(request.user, training_class, teaches=teaches(request.user, training_class))
    context = {
        "training_class": training_class,
        "enrolment": enrolment,
        "sections": person_sections(content, link=link),
        **_files(request, enrolment.evidence_packs.filter(audience=Audience.OFFICE)),
    }
    return render(request, "reports/person_pack.html", context)


@require_safe
@role_required(roles.TRAINEE)
def own_pack_list(request: HttpRequest) -> HttpResponse:
    """A trainee's own files, one a class."""
    context = {"places": list(own_places(request.user))}
    return render(request, "reports/own_pack_list.html", context)


@require_safe
@role_required(roles.TRAINEE)
def own_pack(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """A trainee's own file of one class. Marking is blind: markers are numbered, not named."""
    found = get_object_or_404(own_places(request.user), pk=enrolment_pk)
    enrolment = place(found.pk)
    content = person_content(enrolment, at=timezone.now(), depth=OWN)
    context: dict[str, Any] = {
        "training_class": enrolment.training_class,
        "enrolment": enrolment,
        "sections": person_sections(content, link=own_links(enrolment)),
        "packs": enrolment.evidence_packs.filter(audience=Audience.OWN).order_by("-number")[:SHOWN],
        "makes": True,
    }
    return render(request, "reports/own_pack.html", context)
