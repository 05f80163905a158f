"""The queue of answers that wait for a marker. Blind: no query here reads a name."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from exams.choices import HAND_MARKED, AttemptState, QuestionType
from exams.models import ItemMark, MarkingLease, PaperItem

MOST = 200


def blind_code(seed: str) -> str:
    """What a paper is called on the marking desk; says nothing about who wrote it."""
    return "T-" + hashlib.sha256(f"blind/{seed}".encode()).hexdigest()[:5].upper()


@dataclass(frozen=True)
class WaitingAnswer:
    """One answer in the queue."""

    pk: int
    code: str
    type: str
    question: str
    mark: Decimal
    sitting: str
    handed_in_at: datetime | None
    holder: str  # "" nobody, "me", "other"

    @property
    def type_name(self) -> str:
        return str(QuestionType(self.type).label)


def items_to_mark(marker: Any) -> QuerySet[PaperItem]:
    """Answers without a mark in papers handed in by other people, question by question."""
    marked = ItemMark.objects.filter(
        attempt=OuterRef("attempt"), position=OuterRef("position"), replaced_at__isnull=True
    )
    return (
        PaperItem.objects.filter(
            version__type__in=HAND_MARKED, attempt__state=AttemptState.SUBMITTED
        )
        .exclude(attempt__candidate=marker)
        .filter(~Exists(marked))
        .order_by("version__type", "version__question__code", "attempt__submitted_at", "pk")
    )


def marking_list(marker: Any, at: datetime) -> list[WaitingAnswer]:
    """The queue of one marker. Two queries, whatever its length."""
    rows = list(
        items_to_mark(marker).values_list(
            "pk", "attempt_id", "position", "attempt__seed", "version__type",
            "version__question__code", "max_mark", "attempt__sitting__title",
            "attempt__submitted_at",
        )[:MOST]
    )  # fmt: skip
    leases = {
        (lease.attempt_id, lease.position): "me" if lease.marker_id == marker.pk else "other"
        for lease in MarkingLease.objects.filter(
            attempt_id__in={row[1] for row in rows}, expires_at__gt=at
        )
    }
    return [
        WaitingAnswer(pk, blind_code(seed), type_, code, mark, title, handed_in_at,
                      leases.get((attempt_id, position), ""))
        for pk, attempt_id, position, seed, type_, code, mark, title, handed_in_at in rows
    ]  # fmt: skip


def marked_by(marker: Any) -> int:
    """How many answers this marker has given a mark that stands."""
    return ItemMark.objects.filter(marker=marker, replaced_at__isnull=True).count()
