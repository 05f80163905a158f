"""Fifty hands on one button: one attempt, one submission; no answer behind a submission.

The controls take the guard away and must go wrong, so that the tests can be believed. They
need a database that really runs in parallel; SQLite has one writer and cannot show them.
"""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import AuditRow
from exams.models import Admission, Attempt, ItemMark, Response
from exams.queries.paper import latest_responses
from exams.services import ExamError, handing_in, save_responses, start_attempt, submit_attempt
from exams.services.attempts import _begin
from tests.deep.threads import together
from tests.factories.exams import AdmissionFactory, AttemptFactory, QuestionVersionFactory

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
HANDS = 50
needs_parallel = pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="one writer at a time: nothing to go wrong"
)


@pytest.fixture
def admission():
    QuestionVersionFactory.create_batch(4)
    return AdmissionFactory()


@pytest.fixture
def attempt():
    return AttemptFactory(types=["single", "multiple"])


def test_fifty_starts_leave_one_attempt(admission):
    now = timezone.now()

    got = together(
        HANDS, lambda n: start_attempt(admission_id=admission.pk, person=admission.person, at=now)
    )

    attempt = Attempt.objects.get()
    assert {(a.pk, a.seed, a.deadline) for a in got} == {
        (attempt.pk, attempt.seed, attempt.deadline)
    }
    assert attempt.items.count() == 2
    assert AuditRow.objects.filter(action="exams.attempt_started").count() == 1


def unguarded_start(admission_id, at, seen):
    """start_attempt without its lock; `seen` waits until every hand has looked."""
    with transaction.atomic():
        admission = Admission.objects.select_related("sitting__exam").get(pk=admission_id)
        begun = admission.attempts.first()
        seen.wait(timeout=60)
        return begun or _begin(admission, admission.window[1], at)


@needs_parallel
def test_without_the_guard_fifty_starts_leave_many(admission):
    now, seen = timezone.now(), Barrier(HANDS)
    constraint = next(
        c for c in Attempt._meta.constraints if c.name == "attempt_number_once_per_admission"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Attempt, constraint)
    try:
        together(HANDS, lambda n: unguarded_start(admission.pk, now, seen))
        made = Attempt.objects.count()
    finally:
        ItemMark.objects.all().delete()
        Attempt.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Attempt, constraint)

    assert made > 1


def test_fifty_hand_ins_leave_one_submission(attempt):
    now = timezone.now()

    got = together(
        HANDS,
        lambda n: submit_attempt(
            attempt_id=attempt.pk, person=attempt.candidate, at=now + timedelta(milliseconds=n)
        ),
    )

    assert {a.submitted_at for a in got} == {Attempt.objects.get().submitted_at}
    assert ItemMark.objects.count() == 2
    assert AuditRow.objects.filter(action="exams.attempt_submitted").count() == 1


def unguarded_submit(attempt_id, at, seen):
    """submit_attempt without its lock."""
    with transaction.atomic():
        attempt = Attempt.objects.get(pk=attempt_id)
        was_open = attempt.state == "open"
        seen.wait(timeout=60)
        if was_open:
            handing_in._close(attempt, at, by_clock=False)


@needs_parallel
def test_without_the_guard_fifty_hand_ins_leave_many(attempt):
    now, seen = timezone.now(), Barrier(HANDS)
    constraint = next(
        c for c in ItemMark._meta.constraints if c.name == "mark_current_once_per_item"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(ItemMark, constraint)
    try:
        together(HANDS, lambda n: unguarded_submit(attempt.pk, now, seen))
        rows = AuditRow.objects.filter(action="exams.attempt_submitted").count()
    finally:
        ItemMark.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(ItemMark, constraint)

    assert rows > 1


def test_no_answer_slips_in_behind_the_submission(attempt):
    now = timezone.now()

    def hand(number):
        if number == HANDS // 2:
            submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=now)
            return None
        item = {"position": 1, "seq": number + 1, "value": number % 4}
        try:
            saved = save_responses(
                attempt_id=attempt.pk, person=attempt.candidate, items=[item], at=now
            )
        except ExamError as error:
            return error.code
        return "saved" if saved.saved else saved.refused[0].code

    got = together(HANDS, hand)

    assert got.count("saved") == Response.objects.count()
    latest = latest_responses(attempt.pk).get(1, (0, None))[1]
    right = ItemMark.objects.get(position=1).fraction
    assert right == (latest == 1)
    assert set(got) <= {"saved", "submitted", "stale", None}


@given(order=st.permutations(range(1, 9)), cut=st.integers(1, 8))
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_of_arrival_ends_with_the_highest_seq(attempt, order, cut):
    Response.objects.all().delete()
    now = timezone.now()

    def save(*seqs):
        items = [{"position": 1, "seq": seq, "value": seq % 4} for seq in seqs]
        save_responses(attempt_id=attempt.pk, person=attempt.candidate, items=items, at=now)

    save(*order[:cut])
    for seq in order[cut:]:
        save(seq)

    assert latest_responses(attempt.pk) == {1: (8, 0)}
