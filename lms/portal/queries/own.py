"""What a person's own page shows."""

from typing import Any

from django.db.models import QuerySet

from certificates.models import Certificate
from people.models import Profile
from training.models import Enrolment


def profile_of(user: Any) -> Profile | None:
    """The profile with unit and post; None for accounts that never had one."""
    return Profile.objects.select_related("unit", "post").filter(user=user).first()


def own_enrolments(user: Any) -> QuerySet[Enrolment]:
    """My places in classes, newest first."""
    return (
        Enrolment.objects.filter(person=user)
        .select_related("training_class__programme")
        .order_by("-training_class__opens_on", "-pk")
    )


def own_certificates(user: Any) -> QuerySet[Certificate]:
    """My certificates, newest first."""
    return Certificate.objects.filter(person=user).order_by("-issued_on", "-pk")
