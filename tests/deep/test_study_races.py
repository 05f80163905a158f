"""Two tabs, two phones, a doubled request: no second is ever credited twice."""

from datetime import timedelta

import pytest

from learning.models import LedgerEntry, LessonProgress, StudySession
from learning.services import report_study, start_study
from tests.deep.threads import together
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lesson():
    return lesson_of(CourseFactory(), planned_seconds=3000)


@pytest.fixture
def person(lesson):
    return CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person


def test_parallel_beats_credit_the_time_once(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)

    together(
        20,
        lambda n: report_study(
            session_id=session.pk, person=person, at=at + timedelta(seconds=30, milliseconds=n)
        ),
    )

    assert sum(LedgerEntry.objects.values_list("seconds", flat=True)) == 30
    assert LessonProgress.objects.get().credited_seconds == 30


def test_parallel_starts_leave_one_open_session(person, lesson, at):
    together(20, lambda n: start_study(person=person, lesson=lesson, at=at))

    assert StudySession.objects.filter(ended_at=None).count() == 1
    assert StudySession.objects.count() == 20


def test_two_tabs_that_fight_earn_no_more_than_wall_time(person, lesson, at):
    def tab(number):
        for second in range(0, 60, 10):
            now = at + timedelta(seconds=second)
            session = start_study(person=person, lesson=lesson, at=now)
            report_study(session_id=session.pk, person=person, at=now + timedelta(seconds=10))

    together(4, tab)

    assert sum(LedgerEntry.objects.values_list("seconds", flat=True)) <= 60
