from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from audit import tasks
from audit.choices import FaultKind
from audit.models import AuditRow, AuditSeal, SealedRow
from audit.rules.sealing import FIRST_PREVIOUS, seal_hash
from audit.services import Fault, seal_rows, sealing, verify_chain
from tests.factories.audit import AuditRowFactory

pytestmark = pytest.mark.django_db


def behind_our_back(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def rows(at, monkeypatch):
    """Five rows in three seals."""
    monkeypatch.setattr(sealing, "BATCH", 2)
    made = AuditRowFactory.create_batch(5, detail={"n": 1.5, "名": ["值", None]})
    seal_rows(at=at)
    return made


def test_committed_rows_are_chained_in_batches(rows, at):
    seals = list(AuditSeal.objects.all())

    assert [(seal.number, seal.row_count) for seal in seals] == [(1, 2), (2, 2), (3, 1)]
    assert [seal.previous_hash for seal in seals] == [
        FIRST_PREVIOUS, seals[0].hash, seals[1].hash,
    ]  # fmt: skip
    assert seal_rows(at=at) == 0
    assert str(seals[0]).startswith("#1 ")
    assert str(SealedRow.objects.first()).startswith(f"{rows[0].pk}: ")


def test_a_whole_chain_has_no_faults(rows):
    AuditRowFactory()

    verdict = verify_chain()

    assert (verdict.seals, verdict.rows, verdict.unsealed, verdict.faults) == (3, 5, 1, [])
    assert verdict.head == AuditSeal.objects.get(number=3).hash


def test_an_empty_chain_is_whole(db):
    assert verify_chain().head == FIRST_PREVIOUS


def test_a_row_that_commits_late_comes_with_a_later_seal(rows, at):
    early = AuditRow(id=rows[0].pk - 1, at=at, actor_label="x", action="a.b")
    AuditRow.objects.bulk_create([early])

    assert seal_rows(at=at) == 1
    assert verify_chain().faults == []


def test_a_changed_row_is_found(rows):
    behind_our_back("UPDATE audit_auditrow SET reason = 'x' WHERE id = %s", rows[2].pk)

    assert verify_chain().faults == [Fault(FaultKind.CHANGED, 2, rows[2].pk)]


def test_a_deleted_row_is_found(rows):
    behind_our_back("DELETE FROM audit_auditrow WHERE id = %s", rows[4].pk)

    assert verify_chain().faults == [Fault(FaultKind.MISSING, 3, rows[4].pk)]


def test_a_changed_row_with_its_digest_mended_is_found(rows):
    SealedRow.objects.filter(row_id=rows[0].pk).update(digest="0" * 64)

    kinds = {fault.kind for fault in verify_chain().faults}

    assert kinds == {FaultKind.CHANGED, FaultKind.SEAL_CHANGED}


def test_a_row_taken_out_of_its_seal_is_found(rows):
    SealedRow.objects.filter(row_id=rows[0].pk).delete()

    verdict = verify_chain()

    assert verdict.faults == [Fault(FaultKind.SEAL_CHANGED, 1)]
    assert verdict.unsealed == 1


def test_a_rewritten_seal_breaks_the_chain(rows):
    seal = AuditSeal.objects.get(number=1)
    digests = ["0" * 64, *seal.rows.order_by("row_id").values_list("digest", flat=True)[1:]]
    SealedRow.objects.filter(row_id=rows[0].pk).update(digest="0" * 64)
    AuditSeal.objects.filter(number=1).update(hash=seal_hash(seal.previous_hash, 1, digests))

    kinds = [fault.kind for fault in verify_chain().faults]

    assert kinds == [FaultKind.CHANGED, FaultKind.CHAIN_BROKEN]


def test_a_missing_seal_is_found(rows):
    SealedRow.objects.filter(seal__number=2).delete()
    AuditSeal.objects.filter(number=2).delete()

    assert verify_chain().faults == [
        Fault(FaultKind.SEAL_MISSING, 2),
        Fault(FaultKind.CHAIN_BROKEN, 3),
    ]


def test_of_two_sealers_one_wins(rows, at, monkeypatch):
    AuditRowFactory()

    def lose(at):
        raise IntegrityError

    monkeypatch.setattr(sealing, "_seal_batch", lose)

    assert seal_rows(at=at) == 0


@pytest.mark.parametrize("field", ["number", "previous_hash", "hash"])
def test_the_database_refuses_a_fork(rows, at, field):
    first = AuditSeal.objects.get(number=1)
    fields = {"number": 9, "previous_hash": "a", "hash": "b", field: getattr(first, field)}

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditSeal.objects.create(row_count=1, sealed_at=at, **fields)


def test_a_run_stops_after_its_share(at, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 1)
    monkeypatch.setattr(sealing, "MOST_BATCHES", 2)
    AuditRowFactory.create_batch(3)

    assert (seal_rows(at=at), seal_rows(at=at)) == (2, 1)


def test_the_task_seals():
    AuditRowFactory()

    tasks.seal_rows()

    assert AuditSeal.objects.count() == 1


def test_the_command_says_that_all_is_well(rows):
    out = StringIO()

    call_command("verify_audit", stdout=out)

    assert AuditSeal.objects.get(number=3).hash in out.getvalue()


def test_the_command_names_each_fault(rows):
    behind_our_back("DELETE FROM audit_auditrow WHERE id = %s", rows[4].pk)
    SealedRow.objects.filter(row_id=rows[0].pk).delete()

    with pytest.raises(CommandError) as caught:
        call_command("verify_audit", stdout=StringIO())

    assert str(rows[4].pk) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2


@given(st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), min_size=1), st.data())
def test_any_change_of_a_digest_changes_the_seal(digests, data):
    place = data.draw(st.integers(0, len(digests) - 1))
    changed = [*digests[:place], "x" * 64, *digests[place + 1 :]]

    assert seal_hash("p", 1, digests) != seal_hash("p", 1, changed)
    assert seal_hash("p", 1, digests) != seal_hash("p", 2, digests)
