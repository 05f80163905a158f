"""The people HR keeps: list, one person, corrections, whole ID numbers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.http import only_filters, typed_text
from kit.refusing import Refused
from people import services
from people.forms.records import PeopleFilter, PersonForm, ReasonForm
from people.models import Profile, User
from people.permissions import (
    gives_slip_to,
    keeps_people,
    reveals_id_numbers,
    role_required,
)
from people.queries import find_by_id_number
from people.roles import ADMINISTRATOR, AUDITOR, HR
from people.signals import person_pages_wanted

PER_PAGE = 50


@role_required(HR, AUDITOR, ADMINISTRATOR)
@require_GET
@only_filters("q", "unit", "category", "role", "state", "page")
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody, narrowed by the filter in the address."""
    form = PeopleFilter(request.GET or {"q": ""})
    people = form.narrow(
        User.objects.visible_to(request.user)
        .select_related("profile__unit__parent", "profile__post")
        .prefetch_related("groups")
    )
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "people/person_list.html",
        {
            "filter": form,
            "page_obj": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "keeps_people": keeps_people(request.user),
        },
    )


@role_required(HR, AUDITOR, ADMINISTRATOR)
@require_POST
def person_find(request: HttpRequest) -> HttpResponse:
    """From a whole ID number to its person. Posted, so that no ID number stands in an address."""
    people = User.objects.visible_to(request.user)
    person = find_by_id_number(people, request.POST.get("id_number", ""))
    if person is None:
        messages.error(request, _("Nobody with this ID number is on record."))
        return redirect("people:person_list")
    return redirect("people:person_detail", person.pk)


def _person(request: HttpRequest, pk: int) -> User:
    people = User.objects.visible_to(request.user).select_related(
        "profile__unit__parent", "profile__post", "profile__supervisor"
    )
    person: User = get_object_or_404(people, pk=pk)
    return person


@role_required(HR, AUDITOR, ADMINISTRATOR)
@require_GET
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's record, slips and what may be done."""
    return _detail(request, _person(request, pk))


def _detail(request: HttpRequest, person: User, **more: Any) -> HttpResponse:
    context = {
        "person": person,
        "profile": getattr(person, "profile", None),
        "slips": person.activation_slips.select_related("issued_by")[:10],
        "gives_slip": keeps_people(request.user) and gives_slip_to(request.user, person),
        "keeps_people": keeps_people(request.user),
        "reveals": reveals_id_numbers(request.user),
        "reason_form": ReasonForm(),
        "now": timezone.now(),
        "pages": _pages(person, request.user),
        **more,
    }
    return render(request, "people/person_detail.html", context)


def _pages(person: User, user: Any) -> list[tuple[str, str]]:
    """Further pages about this person that higher floors offer this reader."""
    answers: Any = person_pages_wanted.send(User, person=person, user=user)
    return [page for _receiver, pages in answers for page in pages]


@role_required(HR)
@never_cache
@require_POST
def id_reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole ID number once, for a recorded reason."""
    person = _person(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, person, reason_form=form)
    try:
        number = services.reveal_id_number(
            person=person,
            by=request.user,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
    except Refused as error:
        messages.error(request, error.message)
        return redirect("people:person_detail", pk)
    return _detail(request, person, revealed=number)


@role_required(HR, ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a record."""
    person = _person(request, pk)
    profile = getattr(person, "profile", None) or Profile(user=person)
    form = PersonForm(
        request.POST if request.method == "POST" else None, instance=profile, person=person
    )
    if form.is_valid():
        try:
            services.update_person(
                person=person, by=request.user, at=timezone.now(), changes=form.cleaned_data
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:person_detail", pk)
    return render(request, "people/person_edit.html", {"form": form, "person": person})


@role_required(HR, ADMINISTRATOR)
@require_POST
def person_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Disable or enable an account, with a reason."""
    person = _person(request, pk)
    try:
        services.set_active(
            person=person,
            active=request.POST.get("active") == "1",
            by=request.user,
            reason=typed_text(request.POST, "reason"),
            at=timezone.now(),
        )
    except Refused as error:
        messages.error(request, error.message)
    return redirect("people:person_detail", pk)
