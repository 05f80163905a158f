"""Handing the exam admission down when hours and attendance are met, and taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, IntegerField, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _

from courses.models import VersionLesson
from exams.models import Sitting
from exams.services import admit, withdraw_admission
from kit.hours import missing_hours_text
from learning.models import LessonProgress
from training.models import ClassCourse, Enrolment, TrainingClass
from training.queries import gate_of, gates_of
from training.rules.gate import Gate


@transaction.atomic
def refresh_admission(*, enrolment_id: int, at: datetime) -> bool:
    """Grant or withdraw the theory admission of one place; True when one stands afterwards.

    Nothing changes once the sitting has closed, the result is final, or the person has begun.
    """
    place = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("training_class__sitting", "training_class__programme", "person")
        .get(pk=enrolment_id)
    )
    sitting = place.training_class.sitting
    if sitting is None or sitting.closes_at <= at or place.state != "enrolled":
        return place.admitted_at is not None
    gate = gate_of(place, at)
    if gate.is_open and place.admitted_at is None:
        _grant(place, sitting, gate, at)
    elif not gate.is_open and place.admitted_at is not None:
        _take_back(place, sitting, gate, at)
    return place.admitted_at is not None


def refresh_admissions(
    *, training_class: TrainingClass, enrolment_ids: Iterable[int], at: datetime
) -> list[Enrolment]:
    """Look at these places together, in a few queries; returns those that lost their admission.

    Only those whose admission no longer fits are locked and changed.
    """
    sitting = training_class.sitting
    if sitting is None or sitting.closes_at <= at:
        return []
    gates = gates_of(training_class, at)
    places = training_class.enrolments.in_training().select_related("person")
    lost = []
    for place in places.filter(pk__in=list(enrolment_ids)):
        had = place.admitted_at is not None
        if gates[place.pk].is_open != had:
            stands = refresh_admission(enrolment_id=place.pk, at=at)
            if had and not stands:
                lost.append(place)
    return lost


def _grant(place: Enrolment, sitting: Sitting, gate: Gate, at: datetime) -> None:
    admit(
        person=place.person,
        sitting=sitting,
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        basis=basis_of(place, gate),
        by=None,
        at=at,
    )
    place.admitted_at = at
    place.save(update_fields=["admitted_at"])


def _take_back(place: Enrolment, sitting: Sitting, gate: Gate, at: datetime) -> None:
    if withdraw_admission(person=place.person, sitting=sitting, reason=_reason(gate), at=at):
        place.admitted_at = None
        place.save(update_fields=["admitted_at"])


def basis_of(place: Enrolment, gate: Gate) -> dict[str, Any]:
    """The figures on which an admission stands, frozen with it. Seconds and counts."""
    return {
        "enrolment": place.context,
        "class": place.training_class.code,
        "online_seconds": gate.online_seconds,
        "required_online_seconds": gate.required_online_seconds,
        "sessions_ended": gate.attendance.ended,
        "sessions_attended": gate.attendance.attended,
        "required_attendance_percent": gate.required_attendance_percent,
    }


def _reason(gate: Gate) -> str:
    if gate.missing_sessions:
        message = _("Attendance %(attended)s of %(ended)s sessions, %(percent)s %% required.")
        return message % {
            "attended": gate.attendance.attended,
            "ended": gate.attendance.ended,
            "percent": gate.required_attendance_percent,
        }
    message = _("%(hours)s class hours of online study are missing.")
    return message % {"hours": missing_hours_text(gate.missing_seconds)}


def refresh_admissions_of(*, person: Any, at: datetime) -> None:
    """After study time was credited: look at the places that are not admitted yet.

    Cheap on purpose, since every heartbeat comes here: one query unless what counts for a class
    reaches what it asks. A class without versions is looked at each time.
    """
    asked = F("training_class__required_online_seconds")
    pinned = ClassCourse.objects.filter(training_class=OuterRef("training_class"))
    waiting = (
        Enrolment.objects.in_training()
        .filter(person=person, admitted_at=None, training_class__sitting__closes_at__gt=at)
        .annotate(counted=Coalesce(Subquery(_counted(person)), 0))
        .filter(Q(counted__gte=asked) | ~Exists(pinned))
    )
    for enrolment_id in waiting.values_list("pk", flat=True):
        refresh_admission(enrolment_id=enrolment_id, at=at)


def _counted(person: Any) -> Any:
    """What `training.queries.plans` counts for the class of a place with versions, as a column."""
    planned = (
        VersionLesson.objects.filter(
            lesson=OuterRef("lesson"),
            course_version__class_courses__training_class=OuterRef(OuterRef("training_class")),
        )
        .order_by()
        .values("lesson")
        .annotate(longest=Max("lesson_version__planned_seconds"))
    )
    counts = Least(
        F("credited_seconds") - F("uncounted_seconds"),
        Coalesce(Subquery(planned.values("longest")), 0),
        output_field=IntegerField(),
    )
    studied = LessonProgress.objects.filter(person=person).order_by().values("person")
    return studied.annotate(counted=Sum(counts)).values("counted")
