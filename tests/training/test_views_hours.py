"""Hours opened down: every figure equals what stands below it."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from courses.models import LessonVersion
from learning.models import CheckAnswer, HandIn, LedgerEntry, StudyEvent
from tests.factories.courses import LessonFactory
from tests.factories.learning import StudySessionFactory
from tests.factories.people import UserFactory
from tests.factories.training import AttendanceFactory, EnrolmentFactory, TrainingClassFactory
from tests.page_cost import one_and_three

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
# A Monday; work begins at 09:00.
MONDAY = datetime(2026, 3, 9, 8, 59, tzinfo=ZONE)


def credit(person, lesson=None, since=MONDAY, beats=(60, 60), idle=None):
    """A session of beats from `since`, with an event and an entry each."""
    session = StudySessionFactory(
        person=person,
        lesson=lesson or LessonFactory(),
        started_at=since,
        ended_at=since,
        end_reason="newer",
    )
    StudyEvent.objects.create(session=session, person=person, kind="start", at=since)
    for number, seconds in enumerate(beats, 1):
        since += timedelta(seconds=seconds)
        event = StudyEvent.objects.create(
            session=session, person=person, seq=number, kind="beat", at=since, seconds=seconds,
            idle_seconds=idle,
            device_hash="d" * 32, address_hash="a" * 32, device_label="手机",
        )  # fmt: skip
        LedgerEntry.objects.create(
            person=person, lesson=session.lesson, session=session, event=event, seconds=seconds,
            day=since.date(), at=since,
        )  # fmt: skip
    return session


@pytest.fixture
def person(client):
    person = UserFactory(roles=["trainee"])
    client.force_login(person)
    return person


def test_hours_add_up_by_lesson_and_by_day(client, person):
    short = LessonFactory(planned_seconds=90)
    credit(person, lesson=short)
    credit(person, since=MONDAY.replace(day=14), beats=(30,))
    attended = AttendanceFactory(enrolment__person=person, session__day=1)

    sheet = client.get(reverse("training:own_hours")).context["sheet"]

    told = {lesson.lesson_id: (lesson.split, lesson.counted) for lesson in sheet.lessons}
    assert (told[short.pk][0].seconds, told[short.pk][0].inside, told[short.pk][1]) == (120, 60, 90)
    assert (sheet.counted, sheet.online.seconds, sheet.online.outside) == (120, 150, 90)
    assert [(entry, split.inside) for entry, split in sheet.attended] == [(attended, 5400)]
    days = {day.day.isoformat(): (day.online.seconds, day.classroom.seconds) for day in sheet.days}
    assert days["2026-03-14"] == (30, 0)
    assert sum(online for online, _ in days.values()) == sheet.online.seconds
    assert sum(in_class for _, in_class in days.values()) == sheet.classroom.seconds == 5400


def test_a_missed_session_is_no_hour(client, person):
    AttendanceFactory(enrolment__person=person, state="absent")

    assert client.get(reverse("training:own_hours")).context["sheet"].attended == []


def test_a_figure_opens_down_to_its_events(client, person):
    session = credit(person, beats=(60, 45))

    top = client.get(reverse("training:own_hours")).context["sheet"]
    lesson = reverse("training:lesson_sessions", args=[person.pk, session.lesson_id])
    of_lesson = client.get(lesson).context["page_obj"]
    page = client.get(reverse("training:session_events", args=[person.pk, session.pk]))

    events = page.context["rows"]
    seconds = [event.seconds for event, _ in events]
    entries = [entry.seconds for _, rows in events for entry, _ in rows]
    assert (seconds, entries) == ([0, 60, 45], [60, 45])
    assert [(row.seconds, row.entries) for row in of_lesson] == [(105, 2)]
    assert top.lessons[0].split.seconds == 105
    assert [split.inside for _, rows in events for _, split in rows] == [0, 45]
    assert "dddddddd" in page.content.decode()
    assert "d" * 9 not in page.content.decode()


def test_sessions_and_events_say_which_version_was_read_and_how_long_nobody_moved(client, person):
    session = credit(person, idle=41)
    session.lesson_version = LessonVersion.objects.create(
        lesson=session.lesson, number=3, digest="d" * 64, title="课", level="assistant",
        planned_seconds=90, content={}, frozen_at=MONDAY,
    )  # fmt: skip
    session.save()
    credit(person, lesson=session.lesson, since=MONDAY.replace(day=10), beats=())

    sessions = client.get(reverse("training:lesson_sessions", args=[person.pk, session.lesson_id]))
    events = client.get(reverse("training:session_events", args=[person.pk, session.pk]))

    assert [row.idle for row in sessions.context["page_obj"]] == [None, 41]
    text = sessions.content.decode()
    assert (text.count("第 3 版（2026-03-09）"), text.count("未记录版本")) == (1, 1)
    assert "第 3 版（2026-03-09）" in events.content.decode()
    assert [event.idle_seconds for event, _ in events.context["rows"]] == [None, 41, 41]
    assert '<td class="num">41</td>' in events.content.decode()


def test_what_a_person_wrote_and_answered_is_read_beside_the_sessions(client, person):
    lesson = credit(person).lesson
    HandIn.objects.create(
        person=person, lesson=lesson, kind="drill", block_id=uuid4(), number=1,
        text="保本 ROI 是 3.3", handed_in_at=MONDAY,
    )  # fmt: skip
    CheckAnswer.objects.create(
        person=person, lesson=lesson, block_id=uuid4(), choice=1, correct=False,
        answered_at=MONDAY,
        asked={"stem": "先看什么？", "options": ["浏览量", "毛利"], "answer": 0},
    )  # fmt: skip

    page = client.get(reverse("training:lesson_sessions", args=[person.pk, lesson.pk]))

    written = page.context["written"]
    assert [row.text for row in written.hand_ins] == ["保本 ROI 是 3.3"]
    assert [row.chosen for row in written.answers] == ["毛利"]
    body = page.content.decode()
    assert (body.count("保本 ROI 是 3.3"), body.count("先看什么？"), body.count("B 毛利")) == (
        1,
        1,
        1,
    )


def test_an_answer_to_an_option_that_was_not_kept_names_none():
    assert CheckAnswer(choice=2, asked={"options": ["甲", "乙"]}).chosen == ""


def test_a_session_older_than_the_record_of_events_says_so(client, person):
    session = StudySessionFactory(person=person)
    LedgerEntry.objects.create(
        person=person, lesson=session.lesson, session=session, seconds=30, day=MONDAY.date(),
        at=MONDAY,
    )  # fmt: skip

    page = client.get(reverse("training:session_events", args=[person.pk, session.pk]))

    assert (page.context["bare"], page.context["rows"]) == (1, [])
    assert "1 条学时记录早于事件留痕" in page.content.decode()


def test_a_person_without_hours_is_told_so(client, person):
    page = client.get(reverse("training:own_hours"))

    assert "还没有学时" in page.content.decode()


def test_what_belongs_to_somebody_else_is_not_there(client, person):
    session = credit(UserFactory())
    paths = [
        reverse("training:lesson_sessions", args=[person.pk, session.lesson_id]),
        reverse("training:session_events", args=[person.pk, session.pk]),
        reverse("training:person_hours", args=[session.person_id]),
        reverse("training:lesson_sessions", args=[session.person_id, session.lesson_id]),
        reverse("training:session_events", args=[session.person_id, session.pk]),
    ]

    assert [client.get(path).status_code for path in paths] == [404] * 5


def test_a_trainer_opens_the_hours_of_the_own_classes_only(client):
    trainer = UserFactory(roles=["trainer"])
    mine = EnrolmentFactory(training_class=TrainingClassFactory(trainers=[trainer])).person
    other = EnrolmentFactory().person
    client.force_login(trainer)

    answers = [
        client.get(reverse("training:person_hours", args=[each.pk])).status_code
        for each in (mine, other)
    ]

    assert answers == [200, 404]


def test_the_hours_cost_the_same_for_3_lessons_as_for_1(client, person):
    def more():
        credit(person)
        AttendanceFactory(enrolment__person=person)

    one, three = one_and_three(client, reverse("training:own_hours"), more)

    assert one == three


def test_the_sessions_of_a_lesson_cost_the_same_for_3_as_for_1(client, person):
    lesson = LessonFactory()
    times = iter(range(10))

    one, three = one_and_three(
        client,
        reverse("training:lesson_sessions", args=[person.pk, lesson.pk]),
        lambda: credit(person, lesson=lesson, since=MONDAY + timedelta(hours=next(times))),
    )

    assert one == three


def test_the_events_of_a_session_cost_the_same_for_3_as_for_1(client, person):
    session = credit(person, beats=())
    times = iter(range(1, 10))

    def more():
        number = next(times)
        at = MONDAY + timedelta(minutes=number)
        event = StudyEvent.objects.create(
            session=session, person=person, seq=number, kind="beat", at=at, seconds=60
        )
        LedgerEntry.objects.create(
            person=person, lesson=session.lesson, session=session, event=event, seconds=60,
            day=at.date(), at=at,
        )  # fmt: skip

    path = reverse("training:session_events", args=[person.pk, session.pk])
    one, three = one_and_three(client, path, more)

    assert one == three
