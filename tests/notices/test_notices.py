import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from notices.models import Notice
from notices.queries import unread_count
from notices.services import mark_all_read, mark_read, notify
from tests.factories.notices import NoticeFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def browser(client, person):
    client.force_login(person)
    return client


def test_notify_tells_one_person(person, at):
    notice = notify(person=person, event="a.b", title="标题" * 200, body="文", url="/me/", at=at)

    assert (notice.person, len(notice.title), notice.read_at) == (person, 200, None)
    assert str(notice) == notice.title
    assert unread_count(person) == 1
    assert unread_count(UserFactory()) == 0


def test_a_key_tells_once_ever(person, at):
    first = notify(person=person, event="a.b", title="one", at=at, key="k")

    assert notify(person=person, event="a.b", title="two", at=at, key="k") == first
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("url", ["http://evil.example/", "//evil.example/", "/\\evil", "me/"])
def test_notices_never_point_outside(person, at, url):
    with pytest.raises(ValueError, match="local path"):
        notify(person=person, event="a.b", title="t", at=at, url=url)


def test_the_database_refuses_foreign_addresses():
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(url="//evil.example/")


def test_the_database_refuses_a_key_twice(person):
    NoticeFactory(person=person, key="k")

    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(person=person, key="k")


def test_reading_is_noted_once(person, at):
    notice = NoticeFactory(person=person)
    mark_read(notice=notice, at=at)
    later = at.replace(year=2027)

    mark_read(notice=notice, at=later)

    notice.refresh_from_db()
    assert notice.read_at == at
    assert mark_all_read(person=person, at=later) == 0


def test_opening_a_notice_marks_it_and_goes_on(browser, person):
    notice = NoticeFactory(person=person, url="/me/notices/?unread=1")

    answer = browser.post(reverse("notices:notice_open", kwargs={"pk": notice.pk}))

    assert answer.url == "/me/notices/?unread=1"
    assert unread_count(person) == 0


def test_opening_a_notice_without_address_goes_back(browser, person):
    notice = NoticeFactory(person=person)

    answer = browser.post(reverse("notices:notice_open", kwargs={"pk": notice.pk}))

    assert answer.url == "/me/notices/"


def test_marking_all(browser, person):
    NoticeFactory.create_batch(3, person=person)
    stranger = NoticeFactory()

    browser.post(reverse("notices:notices_read"))

    assert unread_count(person) == 0
    assert unread_count(stranger.person) == 1


def test_the_list_says_what_is_new_and_what_is_not(browser, person, at):
    NoticeFactory(person=person, title="旧的", read_at=at)
    NoticeFactory(person=person, title="新的<b>", body="第一行\n第二行")

    everything = browser.get("/me/notices/").content.decode()
    unread = browser.get("/me/notices/?unread=1").content.decode()

    assert "旧的" in everything
    assert "新的&lt;b&gt;" in everything
    assert "旧的" not in unread


def test_the_list_turns_pages(browser, person):
    NoticeFactory.create_batch(21, person=person)

    answer = browser.get("/me/notices/?page=2")
    beyond = browser.get("/me/notices/?page=x&page=999")

    assert len(answer.context["page"].object_list) == 1
    assert beyond.status_code == 200
