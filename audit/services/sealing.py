"""Sealing committed rows into the chain, and checking the chain.

Writers never wait for the chain: a beat job seals what is committed. Rows of a transaction that
commits late simply come with a later seal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from audit.choices import FaultKind
from audit.models import AuditRow, AuditSeal, SealedRow
from audit.rules.sealing import FIRST_PREVIOUS, row_digest, seal_hash

BATCH = 1000
MOST_BATCHES = 20


@dataclass(frozen=True)
class Fault:
    """One thing wrong: with a seal, and perhaps with one row of it."""

    kind: FaultKind
    seal: int
    row_id: int | None = None


@dataclass
class Verdict:
    """What a check of the whole chain found; `head` is the newest seal's hash, to be noted
    elsewhere: only so can the loss of the newest seals be seen."""

    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    head: str = FIRST_PREVIOUS
    faults: list[Fault] = field(default_factory=list)


def seal_rows(*, at: datetime) -> int:
    """Seal what is committed, in batches; the number of rows sealed.

    Two sealers at once: one wins each number, the other stops and leaves the rest to it.
    """
    total = 0
    for _batch in range(MOST_BATCHES):
        try:
            count = _seal_batch(at)
        except IntegrityError:  # another sealer took this number
            return total
        total += count
        if count < BATCH:
            break
    return total


@transaction.atomic
def _seal_batch(at: datetime) -> int:
    last = AuditSeal.objects.select_for_update().order_by("-number").first()
    rows = list(AuditRow.objects.unsealed().order_by("id")[:BATCH])
    if not rows:
        return 0
    previous, number = (last.hash, last.number + 1) if last else (FIRST_PREVIOUS, 1)
    digests = [row_digest(row.content()) for row in rows]
    seal = AuditSeal.objects.create(
        number=number,
        previous_hash=previous,
        hash=seal_hash(previous, number, digests),
        row_count=len(rows),
        sealed_at=at,
    )
    SealedRow.objects.bulk_create(
        SealedRow(row_id=row.pk, seal=seal, digest=each)
        for row, each in zip(rows, digests, strict=True)
    )
    return len(rows)


def verify_chain() -> Verdict:
    """Read every seal and every sealed row again, and name each fault."""
    verdict = Verdict(unsealed=AuditRow.objects.unsealed().count())
    number = 0
    for seal in AuditSeal.objects.order_by("number").iterator():
        for absent in range(number + 1, seal.number):
            verdict.faults.append(Fault(FaultKind.SEAL_MISSING, absent))
        verdict.faults.extend(_faults_of(seal, verdict.head))
        number, verdict.head = seal.number, seal.hash
        verdict.seals += 1
        verdict.rows += seal.row_count
    return verdict


def _faults_of(seal: AuditSeal, previous: str) -> Iterator[Fault]:
    if seal.previous_hash != previous:
        yield Fault(FaultKind.CHAIN_BROKEN, seal.number)
    entries = list(seal.rows.order_by("row_id"))
    found = AuditRow.objects.in_bulk([entry.row_id for entry in entries])
    for entry in entries:
        row = found.get(entry.row_id)
        if row is None:
            yield Fault(FaultKind.MISSING, seal.number, entry.row_id)
        elif row_digest(row.content()) != entry.digest:
            yield Fault(FaultKind.CHANGED, seal.number, entry.row_id)
    digests = [entry.digest for entry in entries]
    expected = seal_hash(seal.previous_hash, seal.number, digests)
    if seal.hash != expected or seal.row_count != len(entries):
        yield Fault(FaultKind.SEAL_CHANGED, seal.number)
