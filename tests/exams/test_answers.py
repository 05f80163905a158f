from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.models import Response
from exams.queries.paper import latest_responses
from exams.services import ExamError, save_responses, submit_attempt
from tests.factories.exams import AttemptFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(at):
    return AttemptFactory(started_at=at, types=["single", "fill", "short"])


def save(attempt, at, *items, person=None):
    return save_responses(
        attempt_id=attempt.pk,
        person=person or attempt.candidate,
        items=[{"position": p, "seq": s, "value": v} for p, s, v in items],
        at=at,
    )


def test_answers_are_appended(attempt, at):
    save(attempt, at, (1, 1, 2), (2, 1, ["用户"]))
    result = save(attempt, at, (1, 2, 3))

    assert result.saved == [(1, 2)]
    assert latest_responses(attempt.pk) == {1: (2, 3), 2: (1, ["用户"])}
    assert Response.objects.count() == 3


def test_saving_takes_six_queries_whatever_the_number(attempt, at, django_assert_num_queries):
    with django_assert_num_queries(6):
        save(attempt, at, (1, 1, 2))
    with django_assert_num_queries(6):
        save(attempt, at, (1, 2, 1), (2, 1, ["a"]), (3, 1, "b"))


def test_the_same_answer_again_is_saved_already(attempt, at):
    save(attempt, at, (1, 1, 2))

    result = save(attempt, at, (1, 1, 2))

    assert (result.saved, result.refused, Response.objects.count()) == ([(1, 1)], [], 1)


@pytest.mark.parametrize("late", [(1, 5, 0), (1, 7, 0)])
def test_an_older_or_taken_seq_is_refused_with_what_stands(attempt, at, late):
    save(attempt, at, (1, 7, 2))

    result = save(attempt, at, late, (2, 1, ["x"]))

    refused = result.refused[0]
    assert (refused.code, refused.seq, refused.value) == ("stale", 7, 2)
    assert result.saved == [(2, 1)]


def test_what_is_not_on_the_paper_or_not_an_answer_is_refused_by_itself(attempt, at):
    result = save(attempt, at, (1, 1, 99), (3, 1, "好"), (4, 1, 0))

    assert [(r.position, r.code) for r in result.refused] == [(1, "bad_value"), (4, "not_served")]
    assert result.saved == [(3, 1)]


@pytest.mark.parametrize(
    ("milliseconds", "accepted"),
    [(-1000, True), (0, True), (4999, True), (5000, True), (5001, False)],
)
def test_an_answer_counts_until_the_grace_is_over(attempt, milliseconds, accepted):
    arrived = attempt.deadline + timedelta(milliseconds=milliseconds)

    try:
        saved = bool(save(attempt, arrived, (1, 1, 0)).saved)
    except ExamError as error:
        saved = error.code != "closed"

    assert saved is accepted


def test_nothing_is_saved_after_handing_in(attempt, at):
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)

    with pytest.raises(ExamError) as error:
        save(attempt, at, (1, 1, 0))

    assert (error.value.code, Response.objects.count()) == ("submitted", 0)


def test_somebody_elses_attempt_does_not_exist(attempt, at):
    with pytest.raises(ExamError) as error:
        save(attempt, at, (1, 1, 0), person=UserFactory())

    assert error.value.code == "not_found"


@pytest.mark.parametrize(
    "item",
    [
        {"position": 1, "seq": 1},
        {"position": "1", "seq": 1, "value": 0},
        {"position": 1, "seq": 0, "value": 0},
        {"position": True, "seq": 1, "value": 0},
        {"position": 1, "seq": 2**31, "value": 0},
        [],
        None,
    ],
)
def test_an_unreadable_item_is_refused(attempt, at, item):
    with pytest.raises(ExamError) as error:
        save_responses(attempt_id=attempt.pk, person=attempt.candidate, items=[item], at=at)

    assert error.value.code == "bad_request"


def test_too_many_answers_at_once_are_refused(attempt, at):
    with pytest.raises(ExamError) as error:
        save(attempt, at, *[(1, seq, 0) for seq in range(1, 202)])

    assert error.value.code == "bad_request"


def test_asking_with_no_answer_gives_the_deadline(attempt, at):
    result = save(attempt, at)

    assert (result.saved, result.deadline) == ([], attempt.deadline)


@given(order=st.permutations(range(1, 9)), cut=st.integers(1, 8))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_of_arrival_ends_with_the_highest_seq(attempt, at, order, cut):
    Response.objects.all().delete()

    save(attempt, at, *[(1, seq, seq % 4) for seq in order[:cut]])
    for seq in order[cut:]:
        save(attempt, at, (1, seq, seq % 4))

    assert latest_responses(attempt.pk) == {1: (8, 0)}
