from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from audit.models import AuditRow
from exams.models import Attempt, ItemMark
from exams.queries import theory_result
from exams.queries.outcome import attempt_outcome
from exams.services import (
    ExamError,
    close_if_overdue,
    close_overdue,
    mark_item_by_points,
    save_responses,
    submit_attempt,
)
from exams.signals import attempt_marked
from tests.factories.exams import AttemptFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ALL = ["single", "multiple", "true_false", "numeric", "fill", "ordering", "matching", "short"]
# In the order of ALL; the factories' papers keep the order of the bank.
ANSWERS = [1, [0], True, "18.75", ["用户"], [0, 1, 2], [1, 1], "一段话"]


@pytest.fixture
def attempt(at):
    attempt = AttemptFactory(started_at=at, types=ALL)
    items = [{"position": n, "seq": 1, "value": value} for n, value in enumerate(ANSWERS, 1)]
    save_responses(attempt_id=attempt.pk, person=attempt.candidate, items=items, at=at)
    return attempt


@pytest.fixture
def heard():
    calls = []

    def listen(sender, **kwargs):
        calls.append(kwargs["attempt"].pk)

    attempt_marked.connect(listen)
    yield calls
    attempt_marked.disconnect(listen)


def test_objective_items_are_scored_at_once(attempt, at):
    done = submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)

    fractions = {m.position: m.fraction for m in ItemMark.objects.all()}
    assert (done.state, done.submitted_at, done.auto_submitted) == ("submitted", at, False)
    assert fractions == {1: 1, 2: Fraction(1, 2), 3: 1, 4: 1, 5: 1, 6: 1, 7: Fraction(1, 2)}
    assert theory_result(person=attempt.candidate, sitting=attempt.sitting) is None


def test_handing_in_twice_is_handing_in_once(attempt, at):
    for later in (at, at + timedelta(minutes=1)):
        submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=later)

    assert Attempt.objects.get().submitted_at == at
    assert ItemMark.objects.count() == 7
    assert AuditRow.objects.filter(action="exams.attempt_submitted").count() == 1


def test_the_last_mark_makes_the_exact_score(attempt, at, heard):
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)

    mark_item_by_points(
        attempt_id=attempt.pk, position=8, points=[Decimal("2.5")], comment="",
        by=UserFactory(roles=["grader"]), at=at,
    )  # fmt: skip

    # Eight items of 2 points: five right, two by half, and 2.5 of the 8 key points.
    expected = Fraction(100) * (5 + Fraction(1, 2) * 2 + Fraction(5, 16)) * 2 / 16
    attempt.refresh_from_db()
    assert theory_result(person=attempt.candidate, sitting=attempt.sitting) == expected
    assert (attempt.state, attempt.theory_score) == ("marked", Decimal("78.906250"))
    assert heard == [attempt.pk]
    assert [f.percent for f in attempt_outcome(attempt).fields] == [78]


def test_an_empty_written_answer_needs_no_marker(at, heard):
    attempt = AttemptFactory(started_at=at, types=["single", "case"])

    done = submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)

    assert (done.state, done.theory) == ("marked", 0)
    assert heard == [attempt.pk]


def test_nobody_hands_in_for_another(attempt, at):
    with pytest.raises(ExamError) as error:
        submit_attempt(attempt_id=attempt.pk, person=UserFactory(), at=at)

    assert error.value.code == "not_found"


@pytest.mark.parametrize(("late", "by_clock"), [(0, False), (5, False), (6, True)])
def test_the_hand_in_time_is_never_after_the_deadline(attempt, late, by_clock):
    done = submit_attempt(
        attempt_id=attempt.pk,
        person=attempt.candidate,
        at=attempt.deadline + timedelta(seconds=late),
    )

    assert (done.submitted_at, done.auto_submitted) == (attempt.deadline, by_clock)


def test_the_clock_closes_what_is_over_and_nothing_else(attempt):
    running = AttemptFactory(started_at=attempt.started_at + timedelta(hours=1))

    before = close_overdue(at=attempt.deadline + timedelta(seconds=6))
    after = close_overdue(at=attempt.deadline + timedelta(seconds=7))

    attempt.refresh_from_db()
    running.refresh_from_db()
    assert (before, after, running.state) == (0, 1, "open")
    assert (attempt.auto_submitted, attempt.submitted_at) == (True, attempt.deadline)
    assert ItemMark.objects.filter(attempt=attempt).count() == 7


def test_only_an_open_attempt_that_is_over_is_closed(attempt, at):
    late = attempt.deadline + timedelta(minutes=1)

    assert close_if_overdue(attempt_id=attempt.pk, at=at) is False
    assert close_if_overdue(attempt_id=0, at=late) is False
    assert close_if_overdue(attempt_id=attempt.pk, at=late) is True
    assert close_if_overdue(attempt_id=attempt.pk, at=late) is False
    assert attempt.theory is None
