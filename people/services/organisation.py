"""Units, posts and competencies: who keeps them, and what leaves a trace."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from kit.refusing import Refused
from people.models import Competency, Post, Unit, WorkingHours
from people.permissions import keeps_people, keeps_roles


@transaction.atomic
def save_unit(*, unit: Unit, changed: Iterable[str], by: Any, at: datetime) -> Unit:
    """Write a unit that a form has checked. Refused: people_not_allowed."""
    _save(unit, "people.unit_saved", changed, by, at)
    return unit


@transaction.atomic
def save_post(*, post: Post, changed: Iterable[str], by: Any, at: datetime) -> Post:
    """Write a post that a form has checked. Refused: people_not_allowed."""
    _save(post, "people.post_saved", changed, by, at)
    return post


@transaction.atomic
def set_working_hours(*, hours: WorkingHours, by: Any, at: datetime) -> WorkingHours:
    """Write the working week of a unit from a day on; a second for that day replaces the first.

    Refused: people_not_allowed.
    """
    if not keeps_people(by):
        raise Refused("people_not_allowed", _("Your role may not change this."))
    names = ("days", "starts", "break_starts", "break_ends", "ends")
    week = {name: getattr(hours, name) for name in names}
    made, _new = WorkingHours.objects.update_or_create(
        unit=hours.unit, from_on=hours.from_on, defaults={**week, "set_by": by, "set_at": at}
    )
    told = {name: str(value) if value else "" for name, value in week.items()}
    record(
        action="people.working_hours_set", at=at, actor=by, obj=hours.unit,
        detail={"from_on": str(hours.from_on), **told},
    )  # fmt: skip
    return made


def _save(obj: Unit | Post, action: str, changed: Iterable[str], by: Any, at: datetime) -> None:
    if not keeps_people(by):
        raise Refused("people_not_allowed", _("Your role may not change this."))
    obj.save()
    record(action=action, at=at, actor=by, obj=obj, detail={"changed": list(changed)})


@transaction.atomic
def save_competency(
    *, competency: Competency, items: Sequence[tuple[str, int]], by: Any, at: datetime
) -> int:
    """Write a dimension with its items in this order; returns the sum of all weights.

    Items are known by name: those not named any more go. Refused: people_not_allowed.
    """
    if not keeps_roles(by):
        raise Refused("people_not_allowed", _("Your role may not change this."))
    competency.save()
    competency.items.exclude(name__in=[name for name, _points in items]).delete()
    for position, (name, points) in enumerate(items, 1):
        competency.items.update_or_create(
            name=name, defaults={"max_points": points, "position": position}
        )
    record(
        action="people.competency_saved", at=at, actor=by, obj=competency,
        detail={"weight_percent": competency.weight_percent, "items": [list(i) for i in items]},
    )  # fmt: skip
    return sum(Competency.objects.values_list("weight_percent", flat=True))
