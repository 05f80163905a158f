from decimal import Decimal

import pytest

from audit.models import AuditRow
from learning.models import CourseGrant
from tests.factories.people import UserFactory
from tests.factories.training import (
    ACTIVITIES,
    DAY_ONE,
    ProgrammeFactory,
    instant,
    place_in,
    ready_class,
    ready_programme,
)
from training.errors import TrainingError
from training.models import TrainingClass
from training.services import (
    advance_class,
    create_class,
    finish_class,
    open_class,
    record_process_mark,
)

pytestmark = pytest.mark.django_db
AT = instant(-7)


def create(programme=None, by=None, **fields):
    fields = {
        "code": "2026Q1-YY-01", "name": "集训班", "opens_on": DAY_ONE, "trainers": [],
        "capacity": 30,
    } | fields  # fmt: skip
    return create_class(
        programme=programme or ready_programme(),
        by=by or UserFactory(roles=["hr"]),
        at=AT,
        **fields,
    )


def code_of(call):
    with pytest.raises(TrainingError) as caught:
        call()
    return caught.value.code


def test_a_new_class_is_a_draft_with_the_timetable_laid_over_its_days():
    made = create(ready_programme(activities=ACTIVITIES))

    assert (made.state, str(made.closes_on)) == ("draft", "2026-03-10")
    assert [(s.day, s.starts_at, s.activity_codes) for s in made.sessions.all()] == [
        (1, instant(1, "09:00"), ["CP-1"]),
        (1, instant(1, "10:45"), ["CP-1", "DR-1"]),
        (2, instant(2, "09:00"), []),
    ]
    assert (made.exam_opens_at, made.exam_closes_at) == (instant(2, "09:00"), instant(2, "10:30"))
    assert made.activities == ACTIVITIES


def test_a_class_keeps_its_demands_when_the_programme_changes():
    made = create()
    made.programme.required_online_seconds = 1
    made.programme.save()

    assert TrainingClass.objects.get(pk=made.pk).required_online_seconds == 54_000


def test_a_window_of_its_own_wins_over_the_timetable():
    made = create(exam_opens_at=instant(5, "08:00"), exam_closes_at=instant(5, "20:00"))

    assert (made.exam_opens_at, made.exam_closes_at) == (instant(5, "08:00"), instant(5, "20:00"))


def test_only_hr_makes_classes():
    assert code_of(lambda: create(by=UserFactory(roles=["trainer"]))) == "not_allowed"


def test_a_code_is_used_once():
    create()

    assert code_of(create) == "code_taken"


def test_trainers_must_be_trainers():
    grader = UserFactory(roles=["grader"])

    assert code_of(lambda: create(trainers=[grader])) == "not_a_trainer"


def test_a_broken_timetable_is_named():
    programme = ready_programme(timetable=[{"day": 1}])

    assert code_of(lambda: create(programme)) == "bad_timetable"


def test_without_an_exam_in_the_timetable_the_window_must_be_given():
    programme = ready_programme(timetable=[])

    assert code_of(lambda: create(programme)) == "no_exam_window"


def test_the_exam_closes_after_it_opens():
    moment = instant(2, "09:00")

    call = lambda: create(exam_opens_at=moment, exam_closes_at=moment)  # noqa: E731

    assert code_of(call) == "bad_exam_window"


def test_opening_a_class_makes_its_sitting():
    made = ready_class()

    sitting = made.sitting
    assert made.state == "open"
    assert (sitting.exam, sitting.context, sitting.room) == (
        made.programme.exam, f"training.trainingclass:{made.pk}", "实训机房",
    )  # fmt: skip
    assert (sitting.opens_at, sitting.closes_at) == (made.exam_opens_at, made.exam_closes_at)
    assert AuditRow.objects.filter(action="training.class_open").count() == 1


def test_a_filed_class_keeps_its_sitting_when_it_opens():
    hr, trainer = UserFactory(roles=["hr"]), UserFactory(roles=["trainer"])
    made = create(trainers=[trainer], exam_opens_at=instant(9), exam_closes_at=instant(10))

    filed = advance_class(training_class=made, step="file", by=hr, at=AT)
    opened = open_class(training_class=made, by=hr, at=AT)

    assert (filed.state, opened.state) == ("filed", "open")
    assert filed.sitting == opened.sitting
    assert opened.sitting.room == ""


def test_a_class_opens_only_with_exam_scheme_and_trainer():
    hr = UserFactory(roles=["hr"])
    bare = create(ProgrammeFactory(), code="A", exam_opens_at=instant(1), exam_closes_at=instant(2))
    alone = create(code="B")

    assert code_of(lambda: open_class(training_class=bare, by=hr, at=AT)) == "programme_incomplete"
    assert code_of(lambda: open_class(training_class=alone, by=hr, at=AT)) == "no_trainer"


def test_only_hr_moves_a_class_on_and_only_along_its_way():
    made = ready_class()

    step = lambda by, name: advance_class(training_class=made, step=name, by=by, at=AT)  # noqa: E731

    assert code_of(lambda: step(made.t, "finish")) == "not_allowed"
    assert code_of(lambda: step(made.hr, "close")) == "wrong_step"


def test_a_class_finishes_when_every_process_mark_is_there():
    made = ready_class()
    place = place_in(made)
    finish = lambda: finish_class(training_class=made, by=made.hr, at=instant(6))  # noqa: E731
    for code in ("CP-1", "DR-1", "DR-2"):
        give(place, code, made.t)

    assert code_of(finish) == "marks_missing"
    give(place, "PS-1", made.t)
    assert (finish().state, finish_at(made)) == ("finished", instant(6))


def give(place, code, by):
    record_process_mark(
        enrolment=place, activity_code=code, points=Decimal(1), by=by, at=instant(2)
    )


def finish_at(made):
    return TrainingClass.objects.get(pk=made.pk).finished_at


def test_closing_marks_those_without_a_result():
    made = ready_class()
    place = place_in(made)
    TrainingClass.objects.filter(pk=made.pk).update(state="finished")

    closed = advance_class(training_class=made, step="close", by=made.hr, at=instant(60))

    place.refresh_from_db()
    assert (closed.state, place.state) == ("closed", "incomplete")
    assert {grant.settled_at for grant in CourseGrant.objects.of(place.person)} == {instant(60)}
