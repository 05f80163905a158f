import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from learning.models import CourseGrant, StudySession
from learning.queries import own_courses
from learning.services import grant_courses, revoke_courses, start_study
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_granting_twice_changes_nothing(at):
    person, courses = UserFactory(), [CourseFactory(), CourseFactory()]
    grant_courses(person=person, courses=courses, source="training.enrolment:7", at=at)

    again = grant_courses(person=person, courses=courses, source="training.enrolment:7", at=at)

    assert (again, list(own_courses(person))) == ([], courses)
    assert AuditRow.objects.filter(action="learning.courses_granted").count() == 1


def test_a_course_stays_open_while_another_source_opens_it(at):
    person, course = UserFactory(), CourseFactory()
    lesson = lesson_of(course)
    for source in ("training.enrolment:1", "training.enrolment:2"):
        grant_courses(person=person, courses=[course], source=source, at=at)
    session = start_study(person=person, lesson=lesson, at=at)

    count = revoke_courses(person=person, source="training.enrolment:1", at=at)

    assert (count, list(own_courses(person))) == (1, [course])
    assert StudySession.objects.get(pk=session.pk).ended_at is None


def test_only_the_courses_named_are_closed(at):
    person, first, second = UserFactory(), CourseFactory(), CourseFactory()
    grant_courses(person=person, courses=[first, second], source="a:1", at=at)

    revoke_courses(person=person, source="a:1", at=at, courses=[first])

    assert list(own_courses(person)) == [second]


def test_revoking_nothing_writes_no_audit_row(at):
    assert revoke_courses(person=UserFactory(), source="a:1", at=at) == 0
    assert AuditRow.objects.count() == 0


def test_granting_again_after_revoking_keeps_the_history(at):
    person, course = UserFactory(), CourseFactory()
    grant_courses(person=person, courses=[course], source="a:1", at=at)
    revoke_courses(person=person, source="a:1", at=at)
    grant_courses(person=person, courses=[course], source="a:1", at=at)

    assert list(CourseGrant.objects.order_by("pk").values_list("revoked_at", flat=True)) == [
        at,
        None,
    ]


def test_the_database_holds_one_standing_grant_a_source():
    grant = CourseGrantFactory()

    with pytest.raises(IntegrityError, match="source"), transaction.atomic():
        CourseGrantFactory(person=grant.person, course=grant.course)


def test_the_database_refuses_a_revocation_before_the_grant(at):
    with pytest.raises(IntegrityError, match="revoked_after"), transaction.atomic():
        CourseGrantFactory(granted_at=at, revoked_at=at.replace(year=2020))
