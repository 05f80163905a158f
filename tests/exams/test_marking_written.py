from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from exams.models import ItemMark, MarkingLease, Response
from exams.queries.written import marking_list
from exams.services import (
    ExamError,
    hold_item,
    mark_item,
    mark_item_by_points,
    release_item,
    submit_attempt,
)
from tests.factories.exams import AttemptFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def handed_in(at, types=("short", "case"), **kwargs):
    attempt = AttemptFactory(started_at=at, types=types, **kwargs)
    for position in range(1, len(types) + 1):
        Response.objects.create(
            attempt=attempt,
            position=position,
            seq=1,
            saved_at=at,
            value=0 if types[position - 1] == "single" else "答",
        )
    return submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)


@pytest.fixture
def attempt(at):
    return handed_in(at)


@pytest.fixture
def grader():
    return UserFactory(roles=["grader"])


def refused(call):
    with pytest.raises(ExamError) as error:
        call()
    return error.value.code


def give(attempt, grader, at, position=1, points=("4",)):
    return mark_item_by_points(
        attempt_id=attempt.pk, position=position, points=[Decimal(p) for p in points],
        comment=" 好 ", by=grader, at=at,
    )  # fmt: skip


def test_points_become_an_exact_fraction(attempt, grader, at):
    mark = give(attempt, grader, at, position=2, points=("1", "9.5"))

    assert (mark.fraction, mark.points, mark.comment) == (Fraction(21, 32), ["1", "9.5"], "好")


def test_a_second_mark_replaces_and_keeps_the_first(attempt, grader, at):
    give(attempt, grader, at)
    give(attempt, grader, at, points=("6",))

    rows = ItemMark.objects.filter(position=1).order_by("pk")
    assert [(m.fraction, m.replaced_at is None) for m in rows] == [
        (Fraction(1, 2), False),
        (Fraction(3, 4), True),
    ]


def test_what_is_final_is_not_marked_again(attempt, grader, at):
    give(attempt, grader, at)
    give(attempt, grader, at, position=2, points=("6", "10"))

    assert refused(lambda: give(attempt, grader, at)) == "not_marked_now"


@pytest.mark.parametrize(
    ("position", "points", "code"),
    [(1, ("9",), "points"), (1, (), "points"), (7, ("1",), "not_found")],
)
def test_a_mark_that_cannot_be_is_refused(attempt, grader, at, position, points, code):
    assert refused(lambda: give(attempt, grader, at, position, points)) == code


def test_a_fraction_lies_between_0_and_1(attempt, grader, at):
    call = {"attempt_id": attempt.pk, "position": 1, "comment": "", "by": grader, "at": at}

    assert refused(lambda: mark_item(fraction=Fraction(3, 2), **call)) == "fraction"


def test_an_objective_item_is_not_marked_by_hand(grader, at):
    attempt = handed_in(at, types=("single", "short"))
    call = {"attempt_id": attempt.pk, "position": 1, "comment": "", "by": grader, "at": at}

    assert refused(lambda: mark_item(fraction=Fraction(1), **call)) == "not_found"


def test_only_markers_mark_and_nobody_themselves(attempt, at):
    own = handed_in(at, admission__person=UserFactory(roles=["trainee", "grader"]))

    assert refused(lambda: give(attempt, UserFactory(roles=["hr"]), at)) == "forbidden"
    assert refused(lambda: give(own, own.candidate, at)) == "own"


def test_one_marker_holds_an_answer_until_the_lease_ends(attempt, grader, at):
    other = UserFactory(roles=["trainer"])
    lease = hold_item(attempt_id=attempt.pk, position=1, by=grader, at=at)

    assert refused(lambda: give(attempt, other, at)) == "held"
    assert give(attempt, other, lease.expires_at).marker == other
    assert refused(lambda: hold_item(attempt_id=0, position=1, by=grader, at=at)) == "not_found"


def test_an_answer_given_back_is_free(attempt, grader, at):
    hold_item(attempt_id=attempt.pk, position=1, by=grader, at=at)
    release_item(attempt_id=attempt.pk, position=1, by=grader)

    assert MarkingLease.objects.count() == 0


def test_the_queue_shows_who_holds_and_never_ones_own(attempt, grader, at):
    hold_item(attempt_id=attempt.pk, position=1, by=grader, at=at)
    other = UserFactory(roles=["grader"])

    assert sorted(row.holder for row in marking_list(grader, at)) == ["", "me"]
    assert sorted(row.holder for row in marking_list(other, at)) == ["", "other"]
    assert marking_list(attempt.candidate, at) == []
    assert {row.holder for row in marking_list(other, at + timedelta(hours=1))} == {""}


def test_the_queue_takes_the_same_queries_for_one_and_many(grader, at, django_assert_num_queries):
    handed_in(at)
    with django_assert_num_queries(2):
        marking_list(grader, at)
    handed_in(at)
    handed_in(at)
    with django_assert_num_queries(2):
        marking_list(grader, at)
