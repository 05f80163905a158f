"""From a pack's figure to the page it comes from, for readers who may open that page."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from learning.queries import own_courses
from people import roles
from people.roles import has_role
from training.models import Enrolment, TrainingClass

OFFICE = frozenset({roles.OFFICER, roles.APPROVER, roles.AUDITOR})
MONEY = frozenset({roles.HR, roles.FINANCE, roles.APPROVER, roles.AUDITOR})
# Kind of the source → (address, its parameter, who may open it).
PLACES: dict[str, tuple[str, str, frozenset[str]]] = {
    "training.trainingclass": ("training:class_detail", "pk", frozenset({roles.HR})),
    "training.programme": ("training:programme_edit", "pk", frozenset({roles.HR})),
    "exams.assessment": ("exams:result_detail", "pk", OFFICE),
    "certificates.certificate": ("certificates:office_detail", "uid", OFFICE),
    "subsidies.receivable": ("subsidies:receivable_detail", "pk", MONEY),
    "subsidies.claim": ("subsidies:claim_detail", "pk", MONEY),
    "people.user": ("people:person_detail", "pk", frozenset({roles.HR})),
}
# Kind of the source → address, for whoever looks into the hours of the class.
INSPECTED = {
    "training.hours": ("training:person_hours", "pk"),
    "training.studyanomaly": ("training:anomaly_detail", "pk"),
}
OWN: dict[str, tuple[str, str]] = {
    "training.trainingclass": ("training:own_class_detail", "pk"),
    "exams.assessment": ("exams:own_result_detail", "pk"),
    "exams.attempt": ("exams:attempt_result", "pk"),
    "subsidies.claim": ("subsidies:claim_detail", "pk"),
    "training.hours": ("training:person_hours", "pk"),
}


def links_for(user: Any, training_class: Any, *, teaches: bool) -> Callable[[str], str]:
    """The way from a source to its page for somebody of the staff."""
    inspects = TrainingClass.objects.inspected_by(user).filter(pk=training_class.pk).exists()

    def link(ref: str) -> str:
        kind, _colon, key = ref.partition(":")
        if kind == "pack":
            return reverse("reports:person_pack", args=[training_class.pk, key])
        if kind == "training.classsession" and teaches:
            return reverse("training:session_sheet", args=[training_class.pk, key])
        if kind in INSPECTED and inspects:
            name, parameter = INSPECTED[kind]
            return reverse(name, kwargs={parameter: key})
        name, parameter, allowed = PLACES.get(kind, ("", "", frozenset()))
        return reverse(name, kwargs={parameter: key}) if has_role(user, *allowed) else ""

    return link


def own_links(enrolment: Enrolment) -> Callable[[str], str]:
    """The way from a source to the trainee's own page of it."""
    mine = own_courses(enrolment.person).values_list("pk", "slug")
    slugs = {str(pk): slug for pk, slug in mine}

    def link(ref: str) -> str:
        kind, _colon, key = ref.partition(":")
        if kind == "courses.coursepage" and key in slugs:
            return reverse("learning:course_detail", kwargs={"slug": slugs[key]})
        name, parameter = OWN.get(kind, ("", ""))
        return reverse(name, kwargs={parameter: key}) if name else ""

    return link
