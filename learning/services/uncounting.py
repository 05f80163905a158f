"""Taking credited time out of the count, by a person's decision and without touching the ledger."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from audit.services import record
from learning.models import LedgerEntry, LessonProgress, UncountedTime
from learning.rules.crediting import is_complete
from learning.services.sessions import lock_person


@transaction.atomic
def uncount_entries(
    *, person: Any, entry_ids: Iterable[int], source: str, reason: str, by: Any, at: datetime
) -> int:
    """Decide that these ledger entries of a person do not count; returns the seconds taken out.

    Entries taken out before stay so and are not taken out twice. Who may decide is known to the
    caller (the floor with the classes); a lesson that is no longer full is no longer completed.
    """
    lock_person(person)
    entries = list(
        LedgerEntry.objects.filter(
            person=person, pk__in=list(entry_ids), uncounted=None
        ).select_related("session__lesson", "session__lesson_version")
    )
    UncountedTime.objects.bulk_create(
        UncountedTime(entry=entry, source=source, reason=reason, decided_by=by, decided_at=at)
        for entry in entries
    )
    plans: dict[int, int] = {}
    for entry in entries:
        plan = entry.session.planned_seconds
        plans[entry.lesson_id] = max(plan, plans.get(entry.lesson_id, 0))
    for progress in LessonProgress.objects.filter(person=person, lesson__in=plans):
        _add_up(progress, planned_seconds=plans[progress.lesson_id])
    seconds = sum(entry.seconds for entry in entries)
    record(
        action="learning.time_uncounted", at=at, actor=by, obj=person,
        detail={
            "source": source, "reason": reason, "seconds": seconds,
            "entries": [entry.pk for entry in entries],
        },
    )  # fmt: skip
    return seconds


def _add_up(progress: LessonProgress, *, planned_seconds: int) -> None:
    """The sum of the decisions, kept beside the sum of the ledger.

    `planned_seconds` is what was planned where the time was earned, whatever the page plans today.
    """
    rows = UncountedTime.objects.filter(
        entry__person=progress.person_id, entry__lesson=progress.lesson_id
    )
    progress.uncounted_seconds = rows.aggregate(total=Sum("entry__seconds"))["total"] or 0
    if not is_complete(
        credited_seconds=progress.standing_seconds,
        planned_seconds=planned_seconds,
    ):
        progress.completed_at = None
    progress.save(update_fields=["uncounted_seconds", "completed_at"])
