"""Which classes and places a person may read the packs of. Strangers find nothing."""

from typing import Any

from django.db.models import QuerySet

from people.roles import has_role
from reports.models import EvidencePack
from reports.permissions import READERS
from training.models import Enrolment, TrainingClass


def readable_classes(user: Any) -> QuerySet[TrainingClass]:
    """All for the office, for trainers those they teach; a trainee reads no class's file."""
    classes = TrainingClass.objects.select_related(
        "programme__exam", "programme__assessment_scheme", "sitting"
    )
    if has_role(user, *READERS):
        return classes
    return classes.filter(pk__in=TrainingClass.objects.taught_by(user).values("pk"))


def readable_places(user: Any) -> QuerySet[Enrolment]:
    """The places of the classes that `readable_classes` finds."""
    return Enrolment.objects.filter(training_class__in=readable_classes(user).values("pk"))


def newest_pack(*, class_id: int, enrolment_id: int | None, audience: str) -> EvidencePack | None:
    """The pack that counts of one subject: the one with the highest number."""
    packs = EvidencePack.objects.filter(
        training_class=class_id, enrolment=enrolment_id, audience=audience
    )
    return packs.order_by("-number").first()


def own_places(user: Any) -> QuerySet[Enrolment]:
    """A trainee's own places, newest first."""
    return (
        Enrolment.objects.filter(person=user)
        .exclude(training_class__state="draft")
        .select_related("training_class__programme")
        .order_by("-training_class__opens_on", "-pk")
    )
