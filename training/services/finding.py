"""Finding what should be looked at in the record of study. Safe to run again and again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Sum

from learning.models import LedgerEntry, StudyEvent
from learning.rules.crediting import CHINA, DAILY_CAP_SECONDS, day_in_china
from training.choices import AttendanceState
from training.models import Attendance, StudyAnomaly
from training.rules import anomalies
from training.rules.anomalies import Earned, Finding, InClass

SCANNED_DAYS = 7
THERE = (AttendanceState.PRESENT, AttendanceState.LATE)


def find_anomalies(*, at: datetime, since: date | None = None) -> int:
    """Look through whole days in China: from `since`, or the seven before today; new findings.

    Days on which a classroom session lies whose attendance was entered in the last seven days are
    looked at too. A finding that is there already stays as it was found.
    """
    today = day_in_china(at)
    first = since or today - timedelta(days=SCANNED_DAYS)
    days = {first + timedelta(days=number) for number in range((today - first).days)}
    entered = Attendance.objects.filter(recorded_at__gte=at - timedelta(days=SCANNED_DAYS))
    starts = entered.order_by().values_list("session__starts_at", flat=True).distinct()
    days |= {day for start in starts if (day := day_in_china(start)) < today}
    return sum(find_on(day=day, at=at) for day in sorted(days))


def find_on(*, day: date, at: datetime) -> int:
    """Look through one day; how many findings are new."""
    begins = datetime.combine(day, time(), CHINA)
    events = StudyEvent.objects.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    shared: dict[int, list[Finding]] = defaultdict(list)
    for kind in anomalies.SHARED:
        for person, findings in _shared(events, kind).items():
            shared[person] += findings
    entries = LedgerEntry.objects.filter(day=day).order_by()
    people = {*entries.values_list("person", flat=True).distinct(), *shared}
    before = StudyAnomaly.objects.filter(day=day).count()
    for person in sorted(people):
        found = [*_of_person(person, day, events), *shared.get(person, [])]
        StudyAnomaly.objects.bulk_create(
            [_row(person, day, finding, at) for finding in found], ignore_conflicts=True
        )
    return StudyAnomaly.objects.filter(day=day).count() - before


def _shared(events: Any, kind: str) -> dict[int, list[Finding]]:
    """Devices and addresses of several people, with the entries of each person from there."""
    field = f"{kind}_hash"
    people: dict[str, set[int]] = defaultdict(set)
    rows = events.exclude(**{field: ""}).order_by().values_list(field, "person").distinct()
    for mark, person in rows:
        people[mark].add(person)
    return anomalies.shared(people, kind)


def _of_person(person: int, day: date, events: Any) -> list[Finding]:
    earned, in_class = _earned(person, day), _in_class(person, day)
    week = [day - timedelta(days=back) for back in range(anomalies.CAP_WINDOW)]
    sums = LedgerEntry.objects.filter(person=person, day__in=week).order_by().values_list("day")
    return [
        *anomalies.overlaps(earned, in_class),
        *anomalies.unbroken(earned),
        *anomalies.out_of_order(earned),
        *anomalies.bursts(events.filter(person=person).order_by().values_list("at", flat=True)),
        *anomalies.at_the_cap(
            day, dict(sums.annotate(total=Sum("seconds"))), DAILY_CAP_SECONDS, earned
        ),
        *anomalies.overfull(earned, in_class, DAILY_CAP_SECONDS),
    ]


def _earned(person: int, day: date) -> list[Earned]:
    midnight = datetime.combine(day + timedelta(days=1), time(), CHINA)
    rows = LedgerEntry.objects.filter(person=person, day=day).order_by("at", "pk")
    return [
        Earned(pk, session, min(end, midnight), seconds)
        for pk, session, end, seconds in rows.values_list("pk", "session", "at", "seconds")
    ]


def _in_class(person: int, day: date) -> list[InClass]:
    begins = datetime.combine(day, time(), CHINA)
    rows = Attendance.objects.filter(
        enrolment__person=person,
        state__in=THERE,
        session__starts_at__gte=begins,
        session__starts_at__lt=begins + timedelta(days=1),
    )
    rows = rows.select_related("session").order_by("pk")
    return [
        InClass(row.session_id, row.session.starts_at, row.session.ends_at, row.session.seconds)
        for row in rows
    ]


def _row(person: int, day: date, finding: Finding, at: datetime) -> StudyAnomaly:
    evidence = asdict(finding)
    kind, key = evidence.pop("kind"), evidence.pop("key")
    told = {name: _plain(value) for name, value in evidence.items()}
    return StudyAnomaly(person_id=person, kind=kind, day=day, key=key, evidence=told, found_at=at)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat(timespec="seconds")
    return list(value) if isinstance(value, Iterable) else value
