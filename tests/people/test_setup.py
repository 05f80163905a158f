from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditRow
from kit.refusing import Refused
from people import roles
from people.models import SetupLink, User
from people.services import (
    break_glass,
    create_first_administrator,
    create_setup_link,
    is_setup_open,
    mend_glass,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
GOOD = "lychee-orange-88"


def first(token, at, **more):
    arguments = {"number": "sy001", "name": "石维安", "password": GOOD, **more}
    return create_first_administrator(token=token, at=at, **arguments)


def code_of(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def test_the_link_makes_one_administrator(at):
    token = create_setup_link(at=at)
    assert is_setup_open(token=token, at=at)

    person = first(token, at)

    assert (person.number, roles.roles_of(person)) == ("SY001", {"administrator"})
    assert not is_setup_open(token=token, at=at)
    assert code_of(lambda: first(token, at, number="SY002")) == "setup_closed"
    assert code_of(lambda: create_setup_link(at=at)) == "administrator_exists"
    assert token not in str(SetupLink.objects.values().get())


def test_the_link_lives_one_day_and_a_new_one_ends_it(at):
    old = create_setup_link(at=at)
    new = create_setup_link(at=at)

    assert not is_setup_open(token=old, at=at)
    assert not is_setup_open(token=new, at=at + timedelta(hours=24))
    assert code_of(lambda: first(new, at + timedelta(hours=24))) == "setup_closed"
    assert code_of(lambda: first("nonsense", at)) == "setup_closed"


def test_a_taken_number_and_a_weak_password_are_refused(at):
    UserFactory(number="SY001")
    token = create_setup_link(at=at)

    assert code_of(lambda: first(token, at)) == "number_taken"
    assert code_of(lambda: first(token, at, number="SY002", password="12345")) == "password_weak"


def test_a_link_is_useless_once_there_is_an_administrator(at):
    token = create_setup_link(at=at)
    UserFactory(roles=["administrator"])

    assert code_of(lambda: first(token, at)) == "setup_closed"


def test_glass_is_broken_and_mended_with_a_trace(at):
    UserFactory(number="SY001")

    person, password = break_glass(number="sy001", reason="无人可登录", at=at)
    assert person.is_superuser
    assert person.check_password(password)
    assert mend_glass(at=at) == 1

    person = User.objects.get()
    assert (person.is_superuser, person.has_usable_password()) == (False, False)
    assert [(row.action, row.reason) for row in AuditRow.objects.order_by("pk")] == [
        ("people.glass_broken", "无人可登录"), ("people.glass_mended", ""),
    ]  # fmt: skip


def test_glass_is_not_broken_without_reason_or_person(at):
    assert code_of(lambda: break_glass(number="SY001", reason=" ", at=at)) == "reason_missing"
    assert code_of(lambda: break_glass(number="SY001", reason="x", at=at)) == "person_unknown"


def command(*args):
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_the_commands_say_what_to_do_next():
    UserFactory(number="SY001")

    assert "/activate/setup/" in command("create_administrator_link")
    assert "SY001" in command("break_glass", "SY001", "--reason", "x")
    assert "1" in command("break_glass", "--mend")
    assert "权限" in command("sync_roles")


def test_the_commands_refuse_with_the_reason():
    UserFactory(roles=["administrator"])

    with pytest.raises(CommandError, match="管理员"):
        command("create_administrator_link")
    with pytest.raises(CommandError, match="理由"):
        command("break_glass", "SY001")
