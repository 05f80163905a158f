"""Which people and which time a report speaks about."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from training.models import Enrolment


@dataclass(frozen=True)
class Scope:
    """A year of classes (by their first day) and, where given, one unit with its departments."""

    year: int
    unit_id: int | None = None

    def as_params(self) -> dict[str, Any]:
        """The scope as JSON, for jobs and addresses."""
        return {"year": self.year, "unit": self.unit_id}


def scope_of(params: dict[str, Any]) -> Scope:
    """The scope that `as_params` wrote."""
    return Scope(params["year"], params["unit"])


def in_unit(prefix: str, unit_id: int | None) -> Q:
    """People of a unit or of a department right below it; everybody without a unit."""
    if unit_id is None:
        return Q()
    return Q(**{f"{prefix}profile__unit": unit_id}) | Q(
        **{f"{prefix}profile__unit__parent": unit_id}
    )


def enrolments_in(scope: Scope) -> QuerySet[Enrolment]:
    """Places in classes of the scope that were not in draft."""
    return Enrolment.objects.filter(
        in_unit("person__", scope.unit_id), training_class__opens_on__year=scope.year
    ).exclude(training_class__state="draft")


def required_people(scope: Scope) -> QuerySet[Any]:
    """应训名单: active people on posts that must be trained."""
    return get_user_model().objects.filter(
        in_unit("", scope.unit_id), is_active=True, profile__post__in_coverage=True
    )


def enrolled_people(scope: Scope) -> QuerySet[Any]:
    """Those of the required people who have a place in a class of the year."""
    places = Enrolment.objects.filter(
        person=OuterRef("pk"), training_class__opens_on__year=scope.year
    ).exclude(training_class__state="draft")
    return required_people(scope).filter(Exists(places))
