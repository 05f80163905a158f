from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from exams.models import Admission, Attempt, Question
from exams.queries.paper import candidate_paper
from exams.services import (
    ExamError,
    admit,
    grant_extra_time,
    schedule_sitting,
    start_attempt,
    withdraw_admission,
)
from tests.factories.exams import (
    AdmissionFactory,
    AttemptFactory,
    ExamFactory,
    QuestionVersionFactory,
    SittingFactory,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(at):
    QuestionVersionFactory.create_batch(4)
    return schedule_sitting(
        exam=ExamFactory(), title="第一场", opens_at=at, closes_at=at + timedelta(hours=3),
        by=None, at=at,
    )  # fmt: skip


@pytest.fixture
def person():
    return UserFactory(roles=["trainee"])


def admitted(person, sitting, at, **window):
    return admit(person=person, sitting=sitting, basis={"hours": 20}, by=None, at=at, **window)


def test_admitting_twice_keeps_the_ticket(person, sitting, at):
    first, second = admitted(person, sitting, at), admitted(person, sitting, at)

    assert first == second
    assert first.ticket_number == f"260313{sitting.pk:04d}001"
    assert admitted(UserFactory(), sitting, at).ticket_number.endswith("002")


def test_a_withdrawn_admission_can_be_given_again(person, sitting, at):
    old = admitted(person, sitting, at)

    assert withdraw_admission(person=person, sitting=sitting, reason="缺勤", at=at) is True
    assert withdraw_admission(person=person, sitting=sitting, reason="缺勤", at=at) is False
    assert admitted(person, sitting, at) != old
    with pytest.raises(ExamError) as error:
        start_attempt(admission_id=old.pk, person=person, at=at)
    assert error.value.code == "withdrawn"


def test_an_admission_in_use_is_not_withdrawn(person, sitting, at):
    admission = admitted(person, sitting, at)
    start_attempt(admission_id=admission.pk, person=person, at=at)

    assert withdraw_admission(person=person, sitting=sitting, reason="x", at=at) is False


def test_starting_draws_the_paper_and_sets_the_deadline(person, sitting, at):
    admission = admitted(person, sitting, at)

    attempt = start_attempt(admission_id=admission.pk, person=person, at=at)

    assert attempt.deadline == at + timedelta(minutes=90)
    assert list(attempt.items.values_list("position", "max_mark")) == [(1, 2), (2, 2)]
    assert all(sorted(item.option_order) == [0, 1, 2, 3] for item in attempt.items.all())


def test_starting_again_goes_on_with_the_same_paper(person, sitting, at):
    admission = admitted(person, sitting, at)

    first = start_attempt(admission_id=admission.pk, person=person, at=at)
    later = start_attempt(admission_id=admission.pk, person=person, at=at + timedelta(hours=9))

    assert (later, later.seed, later.deadline) == (first, first.seed, first.deadline)


def test_extra_time_is_given_before_the_start(person, sitting, at):
    officer = UserFactory(roles=["officer"])
    admission = admitted(person, sitting, at)

    grant_extra_time(admission_id=admission.pk, minutes=15, reason="病", by=officer, at=at)
    attempt = start_attempt(admission_id=admission.pk, person=person, at=at)

    assert attempt.deadline == at + timedelta(minutes=105)
    with pytest.raises(ExamError) as error:
        grant_extra_time(admission_id=admission.pk, minutes=9, reason="病", by=officer, at=at)
    assert error.value.code == "started"


@pytest.mark.parametrize(
    ("role", "reason", "code"), [("trainer", "病", "forbidden"), ("officer", " ", "reason")]
)
def test_extra_time_needs_an_officer_and_a_reason(person, sitting, at, role, reason, code):
    admission = admitted(person, sitting, at)

    with pytest.raises(ExamError) as error:
        grant_extra_time(
            admission_id=admission.pk, minutes=5, reason=reason, by=UserFactory(roles=[role]), at=at
        )

    assert error.value.code == code


@pytest.mark.parametrize("minutes", [-1, 180, 1000])
def test_a_start_outside_the_window_is_refused(person, sitting, at, minutes):
    admission = admitted(person, sitting, at)

    with pytest.raises(ExamError) as error:
        start_attempt(admission_id=admission.pk, person=person, at=at + timedelta(minutes=minutes))

    assert (error.value.code, Attempt.objects.count()) == ("closed", 0)


def test_a_window_of_ones_own_beats_the_sitting(person, sitting, at):
    tomorrow = at + timedelta(days=1)
    admission = admitted(
        person, sitting, at, opens_at=tomorrow, closes_at=tomorrow + timedelta(minutes=30)
    )

    attempt = start_attempt(admission_id=admission.pk, person=person, at=tomorrow)

    assert attempt.deadline == tomorrow + timedelta(minutes=30)


def test_somebody_elses_admission_does_not_exist(person, sitting, at):
    admission = admitted(person, sitting, at)

    with pytest.raises(ExamError) as error:
        start_attempt(admission_id=admission.pk, person=UserFactory(), at=at)

    assert error.value.code == "not_found"


def test_a_bank_that_shrank_refuses_the_start(person, at):
    sitting = SittingFactory(opens_at=at)
    admission = AdmissionFactory(person=person, sitting=sitting)

    with pytest.raises(ExamError) as error:
        start_attempt(admission_id=admission.pk, person=person, at=at)

    assert (error.value.code, Attempt.objects.count()) == ("pool", 0)


def test_a_question_for_practice_never_gets_on_a_paper(sitting, at):
    practised = QuestionVersionFactory.create_batch(40, question__pool="practice")
    secret = set(Question.objects.drawable().values_list("live_version", flat=True))

    drawn = set()
    for _candidate in range(10):
        somebody = UserFactory(roles=["trainee"])
        ticket = admitted(somebody, sitting, at)
        attempt = start_attempt(admission_id=ticket.pk, person=somebody, at=at)
        drawn |= set(attempt.items.values_list("version", flat=True))

    assert drawn == secret
    assert drawn.isdisjoint(version.pk for version in practised)


def test_a_paper_is_read_in_two_queries(django_assert_num_queries):
    attempt = AttemptFactory(types=["single", "matching", "case"])

    with django_assert_num_queries(2):
        parts = candidate_paper(attempt)

    assert [part.questions[0].type for part in parts] == ["single", "matching", "case"]


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda a: Attempt.objects.create(sitting=a.sitting, admission=a.admission,
         candidate=a.candidate, seed="x", started_at=a.started_at, deadline=a.deadline),
         "attempt_number_once_per_admission"),
        (lambda a: Attempt.objects.filter(pk=a.pk).update(deadline=a.started_at),
         "attempt_deadline_after_start"),
        (lambda a: Attempt.objects.filter(pk=a.pk).update(state="submitted"),
         "attempt_handed_in_has_time"),
        (lambda a: Attempt.objects.filter(pk=a.pk).update(state="marked", submitted_at=a.deadline),
         "attempt_marked_has_score"),
        (lambda a: a.items.update(max_mark=0), "paper_mark_is_positive"),
        (lambda a: a.responses.create(position=1, seq=0, saved_at=a.started_at),
         "response_seq_from_one"),
        (lambda a: a.marks.create(position=1, fraction_numerator=3, fraction_denominator=2,
         marked_at=a.started_at), "mark_fraction_is_0_to_1"),
        (lambda a: AdmissionFactory(person=a.candidate, sitting=a.sitting),
         "admission_valid_once_per_sitting"),
        (lambda a: Admission.objects.filter(pk=a.admission_id).update(
         opens_at=a.deadline, closes_at=a.started_at), "admission_closes_after_opening"),
    ],
)  # fmt: skip
def test_the_database_guards_what_must_not_be(make, constraint):
    attempt = AttemptFactory(types=["single"])

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(attempt)

    # SQLite names the columns of a unique constraint, not the constraint.
    assert constraint in str(error.value) or "UNIQUE constraint failed" in str(error.value)
