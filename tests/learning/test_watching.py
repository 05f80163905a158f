from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kit.refusing import Refused
from learning.models import MediaWatch, WatchReport
from learning.services import report_watching
from tests.courses.test_lesson_media import published
from tests.factories.learning import CourseGrantFactory
from tests.factories.media import MediaFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PLAY = UUID(int=7)


@pytest.fixture
def video():
    return MediaFactory("video")  # 200 seconds


@pytest.fixture
def lesson(video):
    return published(video)


@pytest.fixture
def person(lesson):
    return CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person


@pytest.fixture
def report(person, lesson, video):
    def send(number, ranges, at, *, play=PLAY, position=0, **other):
        asked = {"person": person, "lesson": lesson, "media": video} | other
        return report_watching(
            play=play, number=number, ranges=ranges, position=position, at=at, **asked
        )

    return send


def after(at, seconds):
    return at + timedelta(seconds=seconds)


def test_the_first_report_sets_the_clock_and_the_next_adds(report, at):
    first = report(0, ((0, 900),), at)
    then = report(1, ((0, 150),), after(at, 15), position=150)

    assert (first.watched_tenths, then.watched_tenths) == (0, 150)
    assert (then.ranges, then.position_tenths, then.completed_at) == ([[0, 150]], 150, None)
    assert list(WatchReport.objects.values_list("claimed_tenths", "believed_tenths")) == [
        (900, 0), (150, 150),
    ]  # fmt: skip


def test_the_same_report_twice_changes_nothing(report, at):
    report(0, (), at)
    report(1, ((0, 100),), after(at, 10), position=100)
    again = report(1, ((0, 2000),), after(at, 400), position=9)

    assert (again.watched_tenths, again.position_tenths) == (100, 100)
    assert WatchReport.objects.count() == 2


def test_moving_the_knob_to_the_end_is_not_watching(report, at):
    report(0, (), at)
    row = report(1, ((0, 50), (1990, 2000)), after(at, 8), position=2000)

    assert (row.watched_tenths, row.completed_at) == (60, None)


def test_ninety_five_percent_of_all_parts_is_watched_through_once(report, at):
    report(0, (), at)
    report(1, ((0, 1000),), after(at, 100))
    row = report(0, ((1000, 1900),), after(at, 200), play=uuid4(), position=90_000)
    done_at = row.completed_at
    row = report(2, ((1900, 2000),), after(at, 300))

    assert (done_at, row.completed_at) == (after(at, 200), after(at, 200))
    assert (row.ranges, row.position_tenths) == ([[0, 2000]], 0)
    assert str(row) == f"{row.person_id} {row.lesson_id} {row.media_id}"
    assert str(row.reports.first()).startswith(f"{row.pk} ")


def test_a_report_from_before_moves_no_clock_back(report, at):
    report(0, (), at)
    row = report(1, ((0, 100),), after(at, -60))

    assert (row.last_at, row.watched_tenths) == (at, 0)


def test_a_stranger_and_a_file_from_elsewhere_are_refused(report, at):
    codes = []
    for other in (
        {"person": UserFactory()},
        {"media": MediaFactory("audio")},
        {"media": MediaFactory()},
    ):
        with pytest.raises(Refused) as refused:
            report(0, (), at, **other)
        codes.append(refused.value.code)

    assert codes == ["forbidden", "not_here", "not_here"]
    assert MediaWatch.objects.count() == 0


def test_the_database_keeps_one_row_each_and_believes_no_more_than_claimed(report, at):
    row = report(0, (), at)
    same = {"person": row.person, "lesson": row.lesson, "media": row.media, "last_at": at}
    wrong = [
        lambda: MediaWatch.objects.create(**same),
        lambda: WatchReport.objects.create(watch=row, play=PLAY, number=0, at=at),
        lambda: row.reports.update(believed_tenths=1),
    ]

    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


GOOD = {"play": str(PLAY), "number": "0", "position": "0", "ranges": "0-10"}


def test_a_player_reports_and_the_page_says_how_far(client, person, lesson, video, report, at):
    report(0, (), at)
    report(1, ((0, 1000),), after(at, 100), position=1000)
    client.force_login(person)

    html = client.get(lesson.learn_path).content.decode()
    url = reverse("learning:media_watched", args=[lesson.pk, video.uid])
    answer = client.post(url, GOOD | {"number": "2", "position": "1010"})

    assert f'data-url="{url}" data-length="200" data-position="100" data-seconds="100"' in html
    assert "已看 1 分 40 秒，共 3 分 20 秒；从 1 分 40 秒 继续" in html
    assert answer.json() == {"seconds": 100, "position": 101, "done": False}


def test_a_player_that_was_never_started_begins_at_nothing(client, person, lesson):
    client.force_login(person)

    assert 'data-position="0" data-seconds="0"' in client.get(lesson.learn_path).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"play": "x"},
        {"number": "-1"},
        {"number": "9999999999"},
        {"position": ""},
        {"ranges": "9-1"},
    ],
    ids=str,
)
def test_a_report_that_cannot_be_read_is_told(client, person, lesson, video, wrong):
    client.force_login(person)
    url = reverse("learning:media_watched", args=[lesson.pk, video.uid])

    answer = client.post(url, GOOD | wrong)

    assert answer.status_code == 400
    assert "刷新" in answer.json()["reason"]


def test_a_file_that_is_not_here_is_not_found(client, person, lesson):
    client.force_login(person)
    url = reverse("learning:media_watched", args=[lesson.pk, MediaFactory("audio").uid])

    assert client.post(url, GOOD).status_code == 404


def test_staff_watch_without_being_counted(client, lesson):
    client.force_login(UserFactory(roles=["trainer"]))

    assert "data-position" not in client.get(lesson.learn_path).content.decode()
