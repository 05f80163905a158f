"""The rows behind each figure: every number opens exactly the rows it counts."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.models import Unit
from reports.queries.scope import Scope, enrolled_people, enrolments_in, required_people
from reports.rules.kpi import Figure, Kpi, figure
from training.models import Enrolment

SATISFIED_FROM = 4
FINISHED = ("passed", "failed")
NUMERATOR, DENOMINATOR, GAP = "numerator", "denominator", "gap"
SIDES = (NUMERATOR, DENOMINATOR, GAP)


def _finished_people(scope: Scope) -> QuerySet[Any]:
    done = enrolments_in(scope).filter(person=OuterRef("pk"), state__in=FINISHED)
    return enrolled_people(scope).filter(Exists(done))


def _sat(scope: Scope) -> QuerySet[Enrolment]:
    return enrolments_in(scope).filter(state__in=FINISHED)


def _surveyed(scope: Scope) -> QuerySet[Enrolment]:
    return enrolments_in(scope).filter(survey__isnull=False)


def _followed_up(scope: Scope) -> QuerySet[Enrolment]:
    return enrolments_in(scope).filter(follow_up__applied__isnull=False)


Rows = Callable[[Scope], QuerySet[Any]]
SOURCES: dict[Kpi, tuple[Rows, Rows]] = {
    Kpi.COVERAGE: (enrolled_people, required_people),
    Kpi.COMPLETION: (_finished_people, enrolled_people),
    Kpi.SATISFACTION: (
        lambda scope: _surveyed(scope).filter(survey__score__gte=SATISFIED_FROM),
        _surveyed,
    ),
    Kpi.PASS_RATE: (lambda scope: _sat(scope).filter(state="passed"), _sat),
    Kpi.TRANSFER: (
        lambda scope: _followed_up(scope).filter(follow_up__applied=True),
        _followed_up,
    ),
}


def figures(scope: Scope) -> list[Figure]:
    """The five figures of a scope, in ten counts."""
    return [
        figure(kpi, above(scope).count(), below(scope).count())
        for kpi, (above, below) in SOURCES.items()
    ]


def rows_behind(kpi: Kpi, side: str, scope: Scope) -> QuerySet[Any]:
    """The people or places that a figure counts above or below its line, or the gap between."""
    above, below = SOURCES[kpi]
    if side == NUMERATOR:
        return above(scope)
    if side == DENOMINATOR:
        return below(scope)
    return below(scope).exclude(pk__in=above(scope).values("pk"))


def coverage_by_unit(scope: Scope) -> list[dict[str, Any]]:
    """Required and enrolled people by unit, most missing first; two queries."""
    required = dict(
        required_people(scope)
        .order_by()
        .values_list("profile__unit")
        .annotate(Count("pk", distinct=True))
    )
    enrolled = dict(
        enrolled_people(scope)
        .order_by()
        .values_list("profile__unit")
        .annotate(Count("pk", distinct=True))
    )
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(pk__in=[pk for pk in required if pk]).select_related(
            "parent"
        )
    }
    rows = [
        {"unit": units.get(pk), "required": count, "enrolled": enrolled.get(pk, 0)}
        for pk, count in required.items()
    ]
    return sorted(rows, key=lambda row: row["enrolled"] - row["required"])


def years_with_classes() -> list[int]:
    """Years in which classes begin, newest first."""
    return sorted(
        {day.year for day in Enrolment.objects.dates("training_class__opens_on", "year")},
        reverse=True,
    )


def units_to_choose() -> QuerySet[Unit]:
    """The organisations of the tree, not their departments."""
    return Unit.objects.filter(Q(parent=None), is_active=True).order_by("name")
