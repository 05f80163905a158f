"""Reads with more than one caller."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kit.crypto import keyed_hash
from kit.identifiers import IdentifierError, normalise_mobile
from kit.numbers import fold
from people.models import Profile, User, WorkingHours
from people.rules.working_hours import WeekOn, WorkWeek, week_on


def find_by_login(text: str) -> User | None:
    """The account behind a number, an e-mail address or a mobile, as people type them."""
    typed = fold(text[:254])
    if not typed:
        return None
    if "@" in typed:
        return User.objects.filter(email=typed.lower()).first()
    found = User.objects.filter(number=typed.upper()).first()
    if found is not None:
        return found
    try:
        return User.objects.filter(mobile=normalise_mobile(typed)).first()
    except IdentifierError:
        return None


def find_people(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Those whose name or number holds the text, or whose mobile or address it is."""
    typed = fold(text[:100])
    if not typed:
        return people
    whole = typed.replace(" ", "").upper()
    return people.filter(
        Q(name__icontains=typed)
        | Q(number__icontains=whole)
        | Q(mobile=whole)
        | Q(email=typed.lower())
    )


def working_weeks_of(person: Any) -> WeekOn:
    """Which working week holds for this person on a day; two queries, units of three levels."""
    return working_weeks([person.pk])[person.pk]


def working_weeks(person_ids: Iterable[int]) -> dict[int, WeekOn]:
    """Person id → which working week holds on a day; two queries, however many people."""
    lines: dict[int, list[int]] = {pk: [] for pk in person_ids}
    profiles = Profile.objects.filter(user__in=lines).select_related("unit__parent__parent")
    for profile in profiles:
        unit = profile.unit
        while unit is not None:
            lines[profile.user_id].append(unit.pk)
            unit = unit.parent
    weeks: dict[int, list[tuple[date, WorkWeek]]] = {}
    wanted = {unit_id for line in lines.values() for unit_id in line}
    for row in WorkingHours.objects.filter(unit__in=wanted).order_by("from_on"):
        weeks.setdefault(row.unit_id, []).append((row.from_on, row.week))
    return {pk: week_on([weeks.get(unit_id, []) for unit_id in line]) for pk, line in lines.items()}


def find_by_id_number(people: QuerySet[User], text: str) -> User | None:
    """The person with this whole ID number; a part of one finds nobody, only hashes compare."""
    number = fold(text[:100]).replace(" ", "").upper()
    return people.filter(profile__id_number_hash=keyed_hash(number)).first() if number else None


def people_with_role(role: str) -> QuerySet[User]:
    """Active people who hold this role, in the order of their numbers."""
    return User.objects.filter(is_active=True, groups__name=role).order_by("number")
