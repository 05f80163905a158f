"""What was found in somebody's record of study while the class ran, and what was made of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from learning.rules.crediting import day_in_china
from reports.queries.packs.spelling import day, instant, who
from training.models import AnomalyVerdict, Enrolment, StudyAnomaly


def findings_of(places: Sequence[Enrolment]) -> dict[int, list[dict[str, Any]]]:
    """Enrolment id → findings of the days from enrolment to the result, each with every verdict."""
    verdicts = AnomalyVerdict.objects.select_related("judged_by").order_by("judged_at", "pk")
    rows = StudyAnomaly.objects.filter(person__in={place.person_id for place in places})
    by_person: dict[int, list[StudyAnomaly]] = {}
    for row in rows.order_by("day", "pk").prefetch_related(Prefetch("verdicts", verdicts)):
        by_person.setdefault(row.person_id, []).append(row)
    return {
        place.pk: [
            _finding(row) for row in by_person.get(place.person_id, ()) if _is_within(place, row)
        ]
        for place in places
    }


def _is_within(place: Enrolment, row: StudyAnomaly) -> bool:
    if row.day < day_in_china(place.enrolled_at):
        return False
    return place.completed_at is None or row.day <= day_in_china(place.completed_at)


def _finding(row: StudyAnomaly) -> dict[str, Any]:
    return {
        "ref": f"training.studyanomaly:{row.pk}",
        "kind": row.kind,
        "day": day(row.day),
        "since": _instant(row.evidence.get("since")),
        "until": _instant(row.evidence.get("until")),
        "seconds": row.evidence.get("seconds", 0),
        "verdicts": [
            {
                "verdict": one.verdict,
                "reason": one.reason,
                "by": who(one.judged_by),
                "at": instant(one.judged_at),
            }
            for one in row.verdicts.all()
        ],
    }


def _instant(text: str | None) -> str:
    return instant(datetime.fromisoformat(text)) if text else ""
