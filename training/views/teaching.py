"""Trainers' classes and the people in them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kit.http import only_filters
from people.permissions import role_required
from people.roles import TRAINER
from training.models import TrainingClass
from training.queries import class_summary, classes_with_counts, late_share, whats_missing
from training.rules.marks import items_of, tally
from training.views.rows import days_of, pages_of, trainee_context


@role_required(TRAINER)
def teaching_class_list(request: HttpRequest) -> HttpResponse:
    """The classes this trainer teaches."""
    classes = classes_with_counts(request.user).filter(
        pk__in=TrainingClass.objects.taught_by(request.user).values("pk")
    )
    context = {"classes": classes, "today": timezone.localdate()}
    return render(request, "training/teaching_class_list.html", context)


def taught_or_404(request: HttpRequest, pk: int) -> TrainingClass:
    """A class of this trainer."""
    classes = TrainingClass.objects.taught_by(request.user)
    return get_object_or_404(classes.select_related("programme", "sitting"), pk=pk)


@role_required(TRAINER)
@only_filters("q", "page")
def teaching_class_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The timetable with its sheets, and how far everybody is."""
    at = timezone.now()
    training_class = taught_or_404(request, pk)
    sessions = list(training_class.sessions.all())
    context = {
        "training_class": training_class,
        "summary": class_summary(training_class, at),
        "late_share": late_share(training_class),
        **trainee_context(training_class, at, request.GET.dict()),
        "days": days_of(sessions, timezone.localdate(at)),
        "next_session": next((session for session in sessions if session.ends_at > at), None),
        "pages": pages_of(training_class, request.user),
        "at": at,
    }
    return render(request, "training/teaching_class_detail.html", context)


@role_required(TRAINER)
def trainee_detail(request: HttpRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """One person in the class: attendance, every mark with its evidence, what is missing."""
    at = timezone.now()
    training_class = taught_or_404(request, pk)
    place = get_object_or_404(
        training_class.enrolments.select_related("person__profile__post"), pk=enrolment_pk
    )
    place.training_class = training_class
    history = list(place.evidence.select_related("given_by").order_by("activity_code", "-given_at"))
    standing = {row.activity_code: row.points for row in history if row.superseded_at is None}
    activities = training_class.planned_activities()
    states = {row.session_id: row for row in place.attendances.select_related("recorded_by")}
    context = {
        "training_class": training_class,
        "enrolment": place,
        "missing": whats_missing(place, at),
        "history": history,
        "tallies": [tally(item, activities, standing) for item in items_of(activities)],
        "sessions": [
            (session, states.get(session.pk)) for session in training_class.sessions.all()
        ],
        "at": at,
    }
    return render(request, "training/trainee_detail.html", context)
