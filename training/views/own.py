"""A trainee's own class."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from people.permissions import role_required
from people.roles import TRAINEE
from training.models import Enrolment
from training.queries import whats_missing
from training.views.rows import days_of


@role_required(TRAINEE)
def own_class_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still missing, the timetable with one's attendance. `pk` is the class."""
    at = timezone.now()
    places = Enrolment.objects.select_related(
        "training_class__programme", "training_class__sitting", "person"
    )
    place = get_object_or_404(places, training_class=pk, person=request.user)
    sessions = list(place.training_class.sessions.all())
    context = {
        "enrolment": place,
        "training_class": place.training_class,
        "trainers": place.training_class.trainers.all(),
        "missing": whats_missing(place, at),
        "days": days_of(sessions, timezone.localdate(at)),
        "states": {row.session_id: row for row in place.attendances.select_related("recorded_by")},
        "at": at,
    }
    return render(request, "training/own_class_detail.html", context)
