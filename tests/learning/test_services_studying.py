from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.services import freeze_course
from kit.refusing import Refused
from learning.choices import EndReason, StudyKind
from learning.models import LedgerEntry, LessonProgress, StudyEvent, StudySession
from learning.models.ledger import LedgerChangedError
from learning.rules.crediting import DAILY_CAP_SECONDS
from learning.services import Report, report_study, revoke_courses, start_study
from learning.services.seen import Seen
from learning.signals import seconds_credited
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory, StudySessionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return CourseFactory()


@pytest.fixture
def lesson(course):
    return lesson_of(course, planned_seconds=120)


@pytest.fixture
def person(course):
    return CourseGrantFactory(course=course).person


def beat(*, kind=StudyKind.READING, event="beat", seq=None, idle=0, **where):
    report = Report(kind=event, spent_on=kind, seq=seq, idle_seconds=idle)
    return report_study(**where, report=report)


def later(at, seconds):
    return at + timedelta(seconds=seconds)


def test_beats_credit_the_time_between_them(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)
    beat(session_id=session.pk, person=person, at=later(at, 20))

    result = beat(session_id=session.pk, person=person, at=later(at, 35), kind=StudyKind.DRILL)

    assert (result.state, result.credited, result.lesson_seconds) == ("on", 15, 35)
    assert list(LedgerEntry.objects.values_list("seconds", "kind")) == [
        (20, "reading"),
        (15, "drill"),
    ]
    progress = LessonProgress.objects.get()
    assert (progress.credited_seconds, progress.completed_at) == (35, None)


def test_a_lesson_of_few_seconds_completes(person, course, at):
    lesson = lesson_of(course, planned_seconds=3)
    session = start_study(person=person, lesson=lesson, at=at)

    result = beat(session_id=session.pk, person=person, at=later(at, 4))

    assert (result.state, result.credited, result.completed) == ("full", 3, True)
    assert LessonProgress.objects.get().completed_at == later(at, 4)


def test_beating_on_after_completion_credits_nothing(person, course, at):
    lesson = lesson_of(course, planned_seconds=3)
    session = start_study(person=person, lesson=lesson, at=at)
    beat(session_id=session.pk, person=person, at=later(at, 4))

    result = beat(session_id=session.pk, person=person, at=later(at, 24))

    assert (result.state, result.credited) == ("full", 0)
    assert LedgerEntry.objects.count() == 1


def test_completion_keeps_its_instant_when_the_plan_grows(person, course, at):
    lesson = lesson_of(course, planned_seconds=3)
    session = start_study(person=person, lesson=lesson, at=at)
    beat(session_id=session.pk, person=person, at=later(at, 4))
    lesson.planned_seconds = 30
    lesson.save()
    freeze_course(course=course, at=later(at, 4))
    session = start_study(person=person, lesson=lesson, at=later(at, 4))

    beat(session_id=session.pk, person=person, at=later(at, 24))

    progress = LessonProgress.objects.get()
    assert (progress.credited_seconds, progress.completed_at) == (23, later(at, 4))


def test_a_long_silence_is_a_pause(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)

    paused = beat(session_id=session.pk, person=person, at=later(at, 61))
    again = beat(session_id=session.pk, person=person, at=later(at, 71))

    assert (paused.reason, paused.credited, again.reason, again.credited) == ("gap", 0, "", 10)


def test_a_resume_drops_the_time_away(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)
    beat(session_id=session.pk, person=person, at=later(at, 40), event="back")

    result = beat(session_id=session.pk, person=person, at=later(at, 50))

    assert result.credited == 10


def test_a_newer_session_ends_the_older(person, lesson, at):
    old = start_study(person=person, lesson=lesson, at=at)
    new = start_study(person=person, lesson=lesson, at=later(at, 10))

    result = beat(session_id=old.pk, person=person, at=later(at, 20))

    old.refresh_from_db()
    assert (result.state, result.credited, old.end_reason) == ("ended", 0, EndReason.NEWER)
    assert StudySession.objects.get(ended_at=None) == new


def test_a_start_that_waited_counts_no_second_twice(person, lesson, at):
    first = start_study(person=person, lesson=lesson, at=at)
    beat(session_id=first.pk, person=person, at=later(at, 30))

    second = start_study(person=person, lesson=lesson, at=later(at, 10))
    result = beat(session_id=second.pk, person=person, at=later(at, 40))

    assert (second.last_beat_at, result.credited) == (later(at, 30), 10)


def test_the_day_is_capped_over_all_lessons(person, course, lesson, at):
    session = StudySessionFactory(person=person, lesson=lesson, started_at=at, last_beat_at=at)
    other = StudySessionFactory(person=person, lesson=lesson_of(course), ended_at=at)
    rows = [
        LedgerEntry(
            person=person, lesson=other.lesson, session=other, seconds=60, day=at.date(), at=at
        )
        for _ in range(DAILY_CAP_SECONDS // 60 - 1)
    ]
    LedgerEntry.objects.bulk_create(rows)

    on = beat(session_id=session.pk, person=person, at=later(at, 50))
    full = beat(session_id=session.pk, person=person, at=later(at, 100))

    assert (on.state, on.credited, full.state, full.credited) == ("on", 50, "capped", 10)


def test_nobody_starts_without_a_grant(lesson, at):
    with pytest.raises(Refused) as error:
        start_study(person=UserFactory(), lesson=lesson, at=at)

    assert (error.value.code, StudySession.objects.count()) == ("no_grant", 0)


def test_nobody_beats_another_persons_session(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)

    with pytest.raises(Refused) as error:
        beat(session_id=session.pk, person=UserFactory(), at=later(at, 20))

    assert error.value.code == "no_session"


def test_a_revoked_grant_ends_the_session(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)
    revoke_courses(person=person, source="training.enrolment:1", at=later(at, 5))

    result = beat(session_id=session.pk, person=person, at=later(at, 20))

    session.refresh_from_db()
    assert (result.state, session.end_reason) == ("ended", EndReason.REVOKED)


def test_a_grant_that_vanished_between_beats_ends_the_session(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)
    person.course_grants.update(revoked_at=later(at, 1))

    result = beat(session_id=session.pk, person=person, at=later(at, 20))

    assert (result.state, result.credited) == ("ended", 0)


def test_credit_is_announced_inside_the_transaction(person, lesson, at):
    heard = []

    def hear(sender, **kwargs):
        heard.append((kwargs["person"], kwargs["lesson"], kwargs["seconds"], kwargs["at"]))
        assert transaction.get_connection().in_atomic_block

    session = start_study(person=person, lesson=lesson, at=at)
    seconds_credited.connect(hear)
    try:
        beat(session_id=session.pk, person=person, at=later(at, 20))
        beat(session_id=session.pk, person=person, at=later(at, 20))
    finally:
        seconds_credited.disconnect(hear)

    assert heard == [(person, lesson, 20, later(at, 20))]


def test_a_beat_asks_a_fixed_number_of_questions(person, lesson, at, django_assert_max_num_queries):
    session = start_study(person=person, lesson=lesson, at=at)

    with django_assert_max_num_queries(13):
        beat(session_id=session.pk, person=person, at=later(at, 20))


def test_the_database_holds_one_open_session_a_person(person, lesson, at):
    StudySessionFactory(person=person, lesson=lesson)

    with pytest.raises(IntegrityError, match=r"person_id|one_open"), transaction.atomic():
        StudySessionFactory(person=person, lesson=lesson)


@pytest.mark.parametrize("seconds", [0, 61])
def test_the_database_refuses_entries_longer_than_a_beat(person, lesson, at, seconds):
    session = StudySessionFactory(person=person, lesson=lesson)

    with pytest.raises(IntegrityError, match="one_beat_long"), transaction.atomic():
        LedgerEntry.objects.create(
            person=person, lesson=lesson, session=session, seconds=seconds, day=at.date(), at=at
        )


def test_the_ledger_is_only_added_to(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)
    beat(session_id=session.pk, person=person, at=later(at, 20))
    entry = LedgerEntry.objects.get()

    for change in (
        entry.save,
        entry.delete,
        LedgerEntry.objects.all().delete,
        lambda: LedgerEntry.objects.update(seconds=1),
    ):
        with pytest.raises(LedgerChangedError):
            change()
    assert LedgerEntry.objects.get().seconds == 20


def test_every_step_of_a_session_is_noted(person, lesson, at):
    here = Seen(device_label="Chrome", device_hash="d" * 32, address_hash="a" * 32)
    session = start_study(person=person, lesson=lesson, at=at, seen=here)
    beat(session_id=session.pk, person=person, at=later(at, 20))
    beat(session_id=session.pk, person=person, at=later(at, 40), event="back")
    start_study(person=person, lesson=lesson, at=later(at, 50))

    rows = StudyEvent.objects.values_list("session_id", "kind", "seconds", "reason")
    assert list(rows)[:4] == [
        (session.pk, "start", 0, ""),
        (session.pk, "beat", 20, ""),
        (session.pk, "back", 0, "away"),
        (session.pk, "ended", 0, "newer"),
    ]
    first = StudyEvent.objects.earliest("id")
    assert (first.device_label, first.device_hash, first.address_hash) == (
        here.device_label,
        here.device_hash,
        here.address_hash,
    )


def test_credited_seconds_point_at_their_event(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)
    beat(session_id=session.pk, person=person, at=later(at, 20))

    entry = LedgerEntry.objects.get()
    assert (entry.event.kind, entry.event.seconds, entry.event.session) == ("beat", 20, session)


def test_study_events_are_only_added_to(person, lesson, at):
    event = StudyEvent.objects.get(session=start_study(person=person, lesson=lesson, at=at))

    for change in (
        event.save,
        event.delete,
        StudyEvent.objects.all().delete,
        lambda: StudyEvent.objects.update(seconds=1),
    ):
        with pytest.raises(LedgerChangedError):
            change()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"seconds": 61}, "one_beat_long"),
        ({"seconds": 5, "reason": "gap"}, "says_why"),
        ({"seq": 7}, r"session_id|report_once"),
    ],
)
def test_the_database_refuses_events_that_cannot_be(person, lesson, at, fields, constraint):
    session = StudySessionFactory(person=person, lesson=lesson)
    known = {"session": session, "person": person, "kind": "beat", "at": at}
    StudyEvent.objects.create(**known, seq=7)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StudyEvent.objects.create(**known, **fields)
