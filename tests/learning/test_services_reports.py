"""What the reports of a lesson page do to its session."""

from datetime import timedelta

import pytest

from learning.models import LedgerEntry, LessonProgress, StudyEvent, StudySession
from learning.rules.attending import Pace
from learning.services import Report, Seen, report_study, start_study
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory

pytestmark = pytest.mark.django_db
PACE = Pace(beat_seconds=20, ask_after_seconds=40, wait_seconds=20)


@pytest.fixture
def lesson():
    return lesson_of(CourseFactory(), planned_seconds=600)


@pytest.fixture
def person(lesson):
    return CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person


@pytest.fixture
def send(person, lesson, at):
    """Reports of a session begun at `at`: (seconds later, kind, seconds without input)."""
    session = start_study(person=person, lesson=lesson, at=at)
    sent = []

    def report(after, kind="beat", idle=0, seq=None, seen=None):
        sent.append(kind)
        report = Report(
            kind=kind, seq=seq or len(sent), idle_seconds=idle, pace=PACE, seen=seen or Seen()
        )
        when = at + timedelta(seconds=after)
        return report_study(session_id=session.pk, person=person, at=when, report=report)

    return report


def books():
    events = StudyEvent.objects.exclude(kind="start").values_list("kind", "seconds", "reason")
    return list(events)


def test_a_hidden_page_earns_up_to_then_and_nothing_until_it_is_back(send):
    said = [
        send(10), send(15, "hidden"), send(30), send(100, "shown"), send(110),
    ]  # fmt: skip

    assert [(one.state, one.reason) for one in said] == [
        ("on", ""), ("paused", "hidden"), ("paused", "hidden"), ("on", "away"), ("on", ""),
    ]  # fmt: skip
    assert books() == [
        ("beat", 10, ""), ("hidden", 5, ""), ("beat", 0, "hidden"), ("shown", 0, "away"),
        ("beat", 10, ""),
    ]  # fmt: skip
    assert LessonProgress.objects.get().credited_seconds == 25


def test_nobody_answering_pauses_and_what_was_credited_stays(send):
    said = [send(20, idle=20), send(40, idle=40), send(55, idle=55), send(75, idle=75)]

    assert [one.asked for one in said] == [False, True, True, False]
    assert (said[-1].state, said[-1].reason, said[-1].credited) == ("paused", "idle", 5)
    assert (send(95, idle=95).credited, said[-1].lesson_seconds) == (0, 60)


def test_an_answer_lets_counting_go_on(send):
    said = [send(40, idle=40), send(50, "answered"), send(70, idle=20)]

    assert [(one.asked, one.credited) for one in said] == [(True, 40), (False, 10), (False, 20)]


def test_a_connection_that_is_back_earns_nothing_for_the_gap(send):
    said = [send(10), send(45, "return"), send(55)]

    assert [one.credited for one in said] == [10, 0, 10]


def test_a_replay_adds_nothing_and_says_how_things_stand(send):
    first = send(20, seq=1)
    again = send(40, seq=1)
    late = send(41, seq=1, kind="hidden")

    assert (first.credited, again.credited, again.state, again.lesson_seconds) == (20, 0, "on", 20)
    assert late.state == "on"
    assert books() == [("beat", 20, "")]


def test_a_report_overtaken_by_a_later_one_adds_nothing(send):
    assert (send(20, seq=2).credited, send(25, seq=1).credited) == (20, 0)


def test_reports_to_an_ended_session_are_written_down_and_earn_nothing(send, person, lesson, at):
    start_study(person=person, lesson=lesson, at=at + timedelta(seconds=5))

    result = send(20)

    assert (result.state, result.reason, result.credited) == ("ended", "newer", 0)
    assert books() == [("ended", 0, "newer"), ("beat", 0, "over")]


def test_a_replay_to_an_ended_session_says_that_it_ended(send, person, lesson, at):
    send(10, seq=4)
    start_study(person=person, lesson=lesson, at=at + timedelta(seconds=15))

    assert send(20, seq=4).state == "ended"


def test_going_on_on_another_device_counts_there_from_then(send, person, lesson, at):
    send(10)
    other = start_study(person=person, lesson=lesson, at=at + timedelta(seconds=30))

    result = report_study(session_id=other.pk, person=person, at=at + timedelta(seconds=50))

    assert (result.credited, result.lesson_seconds) == (20, 30)


def test_a_day_that_is_full_is_said_and_written_down(send, monkeypatch):
    monkeypatch.setattr("learning.rules.crediting.DAILY_CAP_SECONDS", 15)

    said = [send(20), send(40)]

    assert [(one.state, one.credited) for one in said] == [("capped", 15), ("capped", 0)]
    assert books() == [("beat", 15, ""), ("beat", 0, "capped")]


def test_a_lesson_that_is_full_is_written_down(at):
    lesson = lesson_of(CourseFactory(), planned_seconds=10)
    person = CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person
    session = start_study(person=person, lesson=lesson, at=at)

    said = [
        report_study(session_id=session.pk, person=person, at=at + timedelta(seconds=seconds))
        for seconds in (20, 40)
    ]

    assert [one.state for one in said] == ["full", "full"]
    assert books() == [("beat", 10, ""), ("beat", 0, "full")]


def test_less_than_a_second_and_a_long_silence_say_why_nothing_came(send):
    send(0.5)
    send(70)

    assert books() == [("beat", 0, "short"), ("beat", 0, "gap")]


def test_a_beat_across_midnight_is_one_event_and_two_entries(send, person, lesson, at):
    late = at.replace(hour=23, minute=59, second=50)
    session = start_study(person=person, lesson=lesson, at=late)
    report_study(session_id=session.pk, person=person, at=late + timedelta(seconds=30))

    event = StudyEvent.objects.latest("id")

    assert event.seconds == 30
    assert list(event.entries.values_list("seconds", flat=True)) == [10, 20]


def test_a_report_keeps_number_idle_time_and_device(send):
    send(20, idle=7, seen=Seen("Chrome", "d" * 32, "a" * 32))

    event = StudyEvent.objects.latest("id")

    assert (event.seq, event.idle_seconds, event.device_label) == (1, 7, "Chrome")
    assert (event.device_hash, event.address_hash) == ("d" * 32, "a" * 32)


def test_what_the_server_notes_has_no_number(send, person, at):
    session = StudySession.objects.get()
    by_hand = Report(kind="by_hand")
    when = at + timedelta(seconds=9)
    report_study(session_id=session.pk, person=person, at=when, report=by_hand)

    event = StudyEvent.objects.latest("id")

    assert (event.seq, event.idle_seconds, event.seconds) == (None, None, 9)


def test_a_session_from_before_events_were_kept_goes_on(send, person, at):
    StudySession.objects.update(input_at=None)

    assert send(20).credited == 20


def test_a_beat_asks_the_database_little(send, django_assert_num_queries):
    send(10)

    # Begin, lock, session and lesson, progress, grant, day; session, event, entry, progress;
    # places waiting for their exam; commit.
    with django_assert_num_queries(12):
        send(20)
    assert LedgerEntry.objects.count() == 2
