from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import LedgerEntry
from learning.queries import (
    course_progress,
    seconds_on_day,
    studied_lessons,
    visible_courses,
    visible_lessons,
)
from people import roles
from tests.factories.courses import CourseFactory, ModuleFactory, lesson_of
from tests.factories.learning import (
    CourseGrantFactory,
    LessonProgressFactory,
    StudySessionFactory,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return CourseFactory()


@pytest.fixture
def person(course):
    return CourseGrantFactory(course=course).person


def test_a_person_sees_only_granted_published_courses(person, course):
    CourseFactory()
    CourseGrantFactory(person=person, course=CourseFactory(live=False))
    CourseGrantFactory(person=person, revoked_at="2026-04-01T00:00Z")

    assert list(visible_courses(person)) == [course]


@pytest.mark.parametrize(
    ("role", "count"), [("editor", 2), ("trainer", 2), ("hr", 2), ("auditor", 0), ("trainee", 0)]
)
def test_some_staff_preview_all_courses_but_study_none(role, count):
    assert role in roles.ALL
    lesson_of(CourseFactory())
    lesson_of(CourseFactory())
    user = UserFactory(roles=[role])

    assert (visible_courses(user).count(), visible_lessons(user).count()) == (count, count)
    assert studied_lessons(user).count() == 0


def test_an_unpublished_lesson_is_not_seen(person, course):
    lesson = lesson_of(course)
    lesson_of(course, live=False)

    assert list(visible_lessons(person)) == [lesson]


def test_seconds_of_a_day_are_those_of_the_ledger_on_that_day(person, course, at):
    session = StudySessionFactory(person=person, lesson=lesson_of(course))
    for days, seconds in ((-2, 50), (0, 20), (1, 30)):
        when = at + timedelta(days=days)
        LedgerEntry.objects.create(
            person=person, lesson=session.lesson, session=session,
            seconds=seconds, day=when.date(), at=when,
        )  # fmt: skip

    assert seconds_on_day(person=person, at=at) == 20


def test_seconds_of_a_day_without_study_are_none(person, at):
    assert seconds_on_day(person=person, at=at) == 0


def test_progress_lists_own_courses_with_their_lessons(person, course):
    LessonProgressFactory(person=person, lesson=lesson_of(course), credited_seconds=120)
    lesson_of(course)

    (outline,) = course_progress(person)

    assert outline.course == course
    assert (outline.totals.done, outline.totals.lessons, outline.totals.seconds) == (1, 2, 120)
    assert [len(module.lessons) for module in outline.modules] == [2]


def test_a_module_without_lessons_is_listed_empty(person, course):
    ModuleFactory(course=course)

    (outline,) = course_progress(person)

    assert [(module.lessons, module.totals.lessons) for module in outline.modules] == [([], 0)]


def queries_for(person):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        course_progress(person)
    return len(seen)


def test_progress_asks_as_often_for_three_courses_as_for_one(person, course):
    lesson_of(course)
    one = queries_for(person)
    for _ in range(2):
        lesson_of(CourseGrantFactory(person=person).course)

    assert queries_for(person) == one
