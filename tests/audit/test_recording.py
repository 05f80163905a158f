import pytest
from django.contrib.auth.models import AnonymousUser

from audit.context import SYSTEM, Actor, acting, actor_of, current_actor
from audit.models import AppendOnlyError, AuditRow
from audit.services import record
from tests.factories.audit import AuditRowFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_row_says_who_what_and_why(at):
    officer, subject = UserFactory(name="甲"), UserFactory(name="乙")
    with acting(Actor(officer.pk, "someone", "10.0.0.1")):
        row = record(
            action="people.id_revealed", at=at, actor=officer, obj=subject,
            detail={"field": "id_number"}, reason="核对",
        )  # fmt: skip

    assert AuditRow.objects.get().content() == {
        "id": row.pk, "at": at, "actor_id": officer.pk, "actor_label": str(officer),
        "ip": "10.0.0.1", "action": "people.id_revealed", "object_kind": "people.user",
        "object_id": str(subject.pk), "object_label": str(subject),
        "detail": {"field": "id_number"}, "reason": "核对",
    }  # fmt: skip


def test_without_actor_the_request_or_the_system_acts(at):
    with acting(Actor(7, "网页", "::1")):
        by_request = record(action="a.b", at=at)
    by_system = record(action="a.b", at=at)

    assert (by_request.actor_id, by_request.actor_label) == (7, "网页")
    assert (by_system.actor_id, by_system.actor_label) == (None, "system")
    assert current_actor() == SYSTEM


def test_anonymous_people_have_no_id():
    assert actor_of(AnonymousUser(), "::1") == Actor(None, "anonymous", "::1")
    assert actor_of(None) == Actor(None, "anonymous")


def test_requests_act_in_their_persons_name(client):
    from audit.middleware import ActorMiddleware

    person = UserFactory()
    seen = []
    request = type("Request", (), {"user": person, "META": {"REMOTE_ADDR": "10.1.1.1"}})()

    ActorMiddleware(lambda _: seen.append(current_actor()))(request)

    assert seen == [Actor(person.pk, str(person), "10.1.1.1")]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: AuditRow.objects.update(reason="x"),
        lambda row: AuditRow.objects.all().delete(),
    ],
)
def test_rows_are_only_ever_added(tamper):
    row = AuditRowFactory(object_label="证书")

    with pytest.raises(AppendOnlyError):
        tamper(row)

    assert "证书" in str(row)
