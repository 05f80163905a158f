from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditRow
from kit.refusing import Refused
from learning.models import CourseGrant, Handover
from learning.services import find_handover, keep_place, make_handover, use_handover
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return lesson_of(CourseFactory(), title="付费推广", drill=[("drill", {"task": "<p>算</p>"})])


@pytest.fixture
def person(lesson):
    return CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person


@pytest.fixture
def code(person, lesson):
    return make_handover(person=person, lesson=lesson, at=timezone.now()).code


ENTER, GO = "/pc/", "/pc/go/"


def test_a_code_is_found_however_it_is_typed_until_it_expires(person, lesson, at):
    given = make_handover(person=person, lesson=lesson, at=at)
    bare = given.code.replace("-", "").lower()
    last = at + timedelta(minutes=10)

    assert (given.expires_at, len(bare)) == (last, 8)
    assert find_handover(code=f" {bare} ", at=last - timedelta(seconds=1)) is not None
    assert find_handover(code=given.code, at=last) is None
    assert find_handover(code="7K4M", at=at) is None
    assert bare.upper() not in Handover.objects.get().code_hash


def test_a_newer_code_replaces_the_older(person, lesson, at):
    older = make_handover(person=person, lesson=lesson, at=at)
    newer = make_handover(person=person, lesson=lesson, at=at)

    assert find_handover(code=older.code, at=at) is None
    assert find_handover(code=newer.code, at=at) is not None


def test_ten_codes_an_hour(person, lesson, at):
    for _number in range(10):
        make_handover(person=person, lesson=lesson, at=at)
    with pytest.raises(Refused) as refused:
        make_handover(person=person, lesson=lesson, at=at)
    later = make_handover(person=person, lesson=lesson, at=at + timedelta(hours=1))

    assert (refused.value.code, later.expires_at) == ("too_many", at + timedelta(minutes=70))


def test_who_may_not_read_the_lesson_gets_no_code(lesson, at):
    with pytest.raises(Refused) as refused:
        make_handover(person=UserFactory(roles=["trainee"]), lesson=lesson, at=at)

    assert refused.value.code == "no_grant"


def test_a_code_works_once_and_for_its_owner_alone(person, lesson, at):
    made = find_handover(code=make_handover(person=person, lesson=lesson, at=at).code, at=at)
    with pytest.raises(Refused, match="10"):
        use_handover(handover_id=made.pk, person=UserFactory(), at=at)
    opened = use_handover(handover_id=made.pk, person=person, at=at)
    with pytest.raises(Refused) as again:
        use_handover(handover_id=made.pk, person=person, at=at)

    assert (opened, again.value.code) == (lesson.pk, "handover_dead")
    assert list(
        AuditRow.objects.filter(action__startswith="learning.handover")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == ["learning.handover_made", "learning.handover_used"]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"minutes": 0}, "handover_expires_after_it_is_made"),
        ({"minutes": 1}, "handover_one_open_a_person|learning_handover.person_id"),
    ],
)
def test_the_database_guards_codes(person, lesson, at, changes, constraint):
    first = Handover.objects.create(
        person=person, lesson=lesson, code_hash="a", made_at=at,
        expires_at=at + timedelta(minutes=10),
    )  # fmt: skip
    assert str(first).startswith(f"{person.pk} {lesson.pk}")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Handover.objects.create(
            person=person, lesson=lesson, code_hash="b", made_at=at,
            expires_at=at + timedelta(**changes),
        )  # fmt: skip


def test_the_phone_shows_the_code_and_the_address(client, person, lesson):
    client.force_login(person)
    page = reverse("learning:handover_show", args=[lesson.pk])
    before = client.get(page).content.decode()
    after = client.post(page).content.decode()

    assert ("显示代码" in before, "/pc/" in before, Handover.objects.count()) == (True, False, 1)
    assert ("/pc/" in after, "显示代码" in after) == (True, False)


def test_too_many_codes_are_said_in_words(client, person, lesson):
    for _number in range(10):
        make_handover(person=person, lesson=lesson, at=timezone.now())
    client.force_login(person)
    answer = client.post(reverse("learning:handover_show", args=[lesson.pk]))

    assert (answer.status_code, "每小时最多 10 个代码" in answer.content.decode()) == (429, True)


def test_the_code_leads_to_sign_in_and_then_to_the_part(client, person, lesson, code):
    keep_place(person=person, lesson=lesson, part="drill", at=timezone.now())
    entered = client.post(ENTER, {"code": code})
    asked = client.get(GO)
    client.force_login(person)
    shown = client.get(GO).content.decode()
    opened = client.post(GO)

    assert (entered["Location"], asked.status_code) == (GO, 302)
    assert asked["Location"].startswith("/accounts/login/")
    assert ("付费推广" in shown, person.number in shown) == (True, True)
    assert opened["Location"] == f"/learn/lessons/{lesson.pk}/#drill"
    assert client.get(GO)["Location"] == ENTER


def test_nobody_else_learns_or_opens_anything_by_a_code(client, code):
    other = UserFactory(roles=["trainee"])
    client.force_login(other)
    client.post(ENTER, {"code": code})
    shown = client.get(GO).content.decode()
    refused = client.post(GO)

    assert ("付费推广" in shown, "属于另一个账号" in shown) == (False, True)
    assert refused["Location"] == ENTER
    assert Handover.objects.get().used_at is None


def test_a_lesson_that_has_closed_meanwhile_is_not_found(client, person, code):
    client.force_login(person)
    client.post(ENTER, {"code": code})
    CourseGrant.objects.update(revoked_at=timezone.now())

    assert client.post(GO).status_code == 404


def test_without_a_place_the_lesson_opens_at_its_top(client, person, lesson, code):
    client.force_login(person)
    client.post(ENTER, {"code": code})

    assert client.post(GO)["Location"] == f"/learn/lessons/{lesson.pk}/"


def test_wrong_codes_keep_what_was_typed_and_are_slowed(client, settings):
    settings.HANDOVER_RATE_LIMITS = {"enter": "1/m/ip"}
    first = client.post(ENTER, {"code": "7K4M-92QX"})
    second = client.post(ENTER, {"code": "7K4M-92QX"})

    assert (first.status_code, second.status_code) == (422, 429)
    assert 'value="7K4M-92QX"' in first.content.decode()
