"""HR's classes: list, make, move on, enrol."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from exams.models import Admission
from kit.http import only_filters
from people.permissions import role_required
from people.queries import find_people
from people.roles import HR, OFFICER, TRAINEE
from training.choices import TAKING_PEOPLE, ClassState
from training.errors import TrainingError
from training.forms import ClassForm, EnrolForm, MoveForm, RosterFilterForm, class_defaults
from training.models import TrainingClass
from training.queries import (
    class_summary,
    classes_with_counts,
    enrolment_barrier,
    late_share,
    move_effect,
    version_standing,
)
from training.services import advance_class, create_class, enrol_people, move_to_newest
from training.views.rows import days_of, pages_of, trainee_context

PAGE = 50
OFFERED = 200


@role_required(HR)
@only_filters("state", "page")
def class_list(request: HttpRequest) -> HttpResponse:
    """All classes, newest first, by state."""
    state = request.GET.get("state", "")
    classes = classes_with_counts(request.user)
    if state in ClassState.values:
        classes = classes.filter(state=state)
    page = Paginator(classes, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "states": ClassState.choices, "state": state}
    return render(request, "training/class_list.html", context)


@role_required(HR)
def class_create(request: HttpRequest) -> HttpResponse:
    """A draft class from a programme."""
    at = timezone.now()
    initial = class_defaults(timezone.localtime(at), TrainingClass.objects.count())
    form = ClassForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_class(**form.cleaned_data, by=request.user, at=at)
        except TrainingError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Class %(code)s was made.") % {"code": made.code})
            return redirect("training:class_detail", pk=made.pk)
    return render(request, "training/class_create.html", {"form": form})


@role_required(HR)
@only_filters("q", "page")
def class_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One class: facts, the next step, people and timetable."""
    at = timezone.now()
    training_class = _class_or_404(request, pk)
    sessions = training_class.sessions.all()
    context = {
        "training_class": training_class,
        "summary": class_summary(training_class, at),
        "late_share": late_share(training_class),
        **trainee_context(training_class, at, request.GET.dict()),
        "days": days_of(sessions, timezone.localdate(at)),
        "takes_people": training_class.state in TAKING_PEOPLE,
        "barrier": enrolment_barrier(training_class),
        "pages": pages_of(training_class, request.user),
        "versions": training_class.class_courses.select_related("version"),
        "standing": version_standing(training_class),
    }
    return render(request, "training/class_detail.html", context)


def _class_or_404(request: HttpRequest, pk: int) -> TrainingClass:
    classes = TrainingClass.objects.select_related("programme", "sitting")
    return get_object_or_404(classes.visible_to(request.user), pk=pk)


@role_required(HR)
@require_POST
def class_advance(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """File, open, finish or close."""
    training_class = _class_or_404(request, pk)
    try:
        now = advance_class(
            training_class=training_class, step=step, by=request.user, at=timezone.now()
        )
    except TrainingError as error:
        messages.error(request, error.message)
    else:
        state = now.get_state_display()
        messages.success(request, _("The class is now: %(state)s.") % {"state": state})
    return redirect("training:class_detail", pk=pk)


@role_required(HR)
@require_http_methods(["GET", "HEAD", "POST"])
def class_move(request: HttpRequest, pk: int) -> HttpResponse:
    """What moving a class to the newest versions of its courses means; then the move."""
    training_class = _class_or_404(request, pk)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _move(request, training_class, form):
        return redirect("training:class_detail", pk=pk)
    at = timezone.now()
    standing = version_standing(training_class)
    effect = move_effect(training_class, standing, at)
    context = {
        "training_class": training_class,
        "standing": standing,
        "effect": effect,
        "form": form,
        # Ticked for another number than today's, the box must be ticked anew.
        "ticked": form["known"].value() == str(len(effect.losing)),
        "takes_people": training_class.state in TAKING_PEOPLE,
        "too_short": standing.newest_seconds < training_class.required_online_seconds,
    }
    status = 422 if form.errors else 200
    return render(request, "training/class_move.html", context, status=status)


def _move(request: HttpRequest, training_class: TrainingClass, form: MoveForm) -> bool:
    """Whether that is the end of it: moved, or no longer to be moved. Otherwise to be mended."""
    typed = form.cleaned_data
    try:
        moved = move_to_newest(
            training_class=training_class, reason=typed["reason"], known_losses=typed["known"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except TrainingError as error:
        if error.code == "more_losses":
            form.add_error("known", error.message)
            return False
        messages.error(request, error.message)
    else:
        names = "、".join(str(row.version) for row in moved)
        messages.success(request, _("The class now reads: %(names)s.") % {"names": names})
    return True


@role_required(HR)
def class_enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick people by filter or paste their numbers; all or nothing."""
    training_class = _class_or_404(request, pk)
    form = EnrolForm(request.POST or None)
    refusals: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            outcome = enrol_people(
                training_class=training_class,
                people=form.everybody(),
                by=request.user,
                at=timezone.now(),
            )
        except TrainingError as error:
            form.add_error(None, error.message)
            refusals = error.refusals
        else:
            _say_enrolled(request, len(outcome.enrolments), len(outcome.minors))
            return redirect("training:class_detail", pk=pk)
    roster = RosterFilterForm(request.GET or None)
    context = {
        "training_class": training_class,
        "form": form,
        "barrier": enrolment_barrier(training_class),
        "roster": roster,
        "people": _offered(training_class, roster),
        "picked": set(request.POST.getlist("people")),
        "refusals": refusals,
        "free": training_class.capacity - training_class.enrolments.count(),
        "offered": OFFERED,
    }
    return render(request, "training/class_enrol.html", context)


def _say_enrolled(request: HttpRequest, count: int, minors: int) -> None:
    text = ngettext("%(count)s person enrolled.", "%(count)s people enrolled.", count)
    messages.success(request, text % {"count": count})
    if minors:
        text = ngettext(
            "%(count)s of them is 16 or 17: keep the guardian's consent.",
            "%(count)s of them are 16 or 17: keep the guardians' consent.",
            minors,
        )
        messages.warning(request, text % {"count": minors})


def _offered(training_class: TrainingClass, roster: RosterFilterForm) -> list[Any]:
    people: Any = (
        get_user_model()
        .objects.filter(groups__name=TRAINEE, is_active=True, profile__isnull=False)
        .exclude(pk__in=training_class.enrolments.values("person"))
        .select_related("profile__unit", "profile__post")
        .order_by("number")
    )
    wanted = roster.cleaned_data if roster.is_valid() else {}
    if wanted.get("q"):
        people = find_people(people, wanted["q"])
    for key, lookup in (
        ("family", "profile__post__family"),
        ("unit", "profile__unit"),
        ("category", "profile__category"),
    ):
        if wanted.get(key):
            people = people.filter(**{lookup: wanted[key]})
    return list(people[:OFFERED])


@role_required(HR, OFFICER)
@only_filters("q", "page")
def admission_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is admitted to the theory exam of a class, and on what basis; who is not, and why."""
    training_class = _class_or_404(request, pk)
    people = trainee_context(training_class, timezone.now(), request.GET.dict())
    valid = Admission.objects.valid().filter(sitting=training_class.sitting_id)
    here = [row.enrolment.person_id for row in people["rows"]]
    context = {
        "training_class": training_class,
        **people,
        "admissions": {
            admission.person_id: admission for admission in valid.filter(person__in=here)
        },
        "admitted": valid.count(),
        "total": training_class.enrolments.count(),
    }
    return render(request, "training/admission_list.html", context)
