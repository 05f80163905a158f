"""Roles, units and posts: who may do what, who works where and as what."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.http import only_filters
from kit.refusing import Refused
from people import roles, services
from people.forms.records import PostForm, RoleForm, StaffForm, UnitForm, WorkingHoursForm
from people.models import Competency, Post, Unit, User, WorkingHours
from people.permissions import keeps_people, role_required
from people.roles import ADMINISTRATOR, AUDITOR, HR

STAFF = [role for role in roles.ALL if role != roles.TRAINEE]


@role_required(ADMINISTRATOR)
@require_GET
@only_filters("q")
def role_list(request: HttpRequest) -> HttpResponse:
    """Everybody with a role beyond trainee, and a way to give somebody one."""
    people = User.objects.filter(groups__name__in=STAFF).distinct().prefetch_related("groups")
    found = None
    if request.GET.get("q"):
        found = User.objects.filter(number=request.GET["q"].strip().upper()[:40]).first()
        if found is None:
            messages.error(request, _("There is no account with this number."))
    rows = [
        (person, [(role, role in {group.name for group in person.groups.all()}) for role in STAFF])
        for person in people
    ]
    return render(
        request,
        "people/role_list.html",
        {"rows": rows, "staff_roles": STAFF, "found": found, "form": RoleForm()},
    )


@role_required(ADMINISTRATOR)
@require_POST
def role_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or withdraw one role."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such role."))
        return redirect("people:role_list")
    data = form.cleaned_data
    change = services.grant_role if data["action"] == "grant" else services.withdraw_role
    try:
        change(
            person=person,
            role=data["role"],
            by=request.user,
            at=timezone.now(),
            reason=data["reason"],
        )
    except Refused as error:
        messages.error(request, error.message)
    else:
        words = (
            _("%(person)s has the role %(role)s now.")
            if data["action"] == "grant"
            else _("%(person)s no longer has the role %(role)s.")
        )
        role = roles.LABELS[data["role"]]
        messages.success(request, words % {"person": person, "role": role})
    return redirect("people:role_list")


@role_required(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def staff_new(request: HttpRequest) -> HttpResponse:
    """The account of a colleague; the next page prints the slip to sign in with."""
    form = StaffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            person = services.create_staff(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as error:
            form.add_error("number", error.message)
        else:
            messages.success(request, _("The account was made. Print its slip below."))
            return redirect("people:person_detail", person.pk)
    return render(request, "people/staff_new.html", {"form": form})


@role_required(HR, AUDITOR, ADMINISTRATOR)
@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Organisations with their departments, posts, competencies."""
    units = Unit.objects.annotate(people=Count("profiles")).order_by("name")
    tops = [unit for unit in units if unit.parent_id is None]
    below = {top.pk: [unit for unit in units if unit.parent_id == top.pk] for top in tops}
    tree = [
        (top, below[top.pk], top.people + sum(unit.people for unit in below[top.pk]))
        for top in tops
    ]
    return render(
        request,
        "people/organisation_list.html",
        {
            "tree": tree,
            "posts": Post.objects.annotate(people=Count("profiles")).order_by("family", "name"),
            "competencies": Competency.objects.prefetch_related("items"),
            "keeps_people": keeps_people(request.user),
        },
    )


@role_required(HR, ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a unit."""
    unit = get_object_or_404(Unit, pk=pk) if pk else None
    form = UnitForm(request.POST if request.method == "POST" else None, instance=unit)
    if form.is_valid():
        services.save_unit(
            unit=form.save(commit=False), changed=form.changed_data, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("people:organisation_list")
    title = _("Change a unit") if unit else _("Add a unit")
    return render(request, "people/unit_edit.html", {"form": form, "title": title, "unit": unit})


@role_required(HR, ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def working_hours_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The working week of a unit from a day on, and those before it."""
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    at = timezone.now()
    form = WorkingHoursForm(
        request.POST if request.method == "POST" else None,
        instance=WorkingHours(unit=unit),
        today=timezone.localdate(at),
        last=unit.working_hours.last(),
    )
    if form.is_valid():
        services.set_working_hours(hours=form.save(commit=False), by=request.user, at=at)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    rows = unit.working_hours.select_related("set_by").order_by("-from_on")
    return render(
        request, "people/working_hours_edit.html", {"unit": unit, "form": form, "rows": rows}
    )


@role_required(HR, ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a post."""
    post = get_object_or_404(Post, pk=pk) if pk else None
    form = PostForm(request.POST if request.method == "POST" else None, instance=post)
    if form.is_valid():
        services.save_post(
            post=form.save(commit=False), changed=form.changed_data, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("people:organisation_list")
    title = _("Change a post") if post else _("Add a post")
    return render(request, "people/unit_edit.html", {"form": form, "title": title})
