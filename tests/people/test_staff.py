"""Accounts of colleagues."""

import pytest
from django.urls import reverse

from audit.models import AuditRow
from kit.refusing import Refused
from people import roles
from people.models import User
from people.services import create_staff
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def make(by, at, **changes):
    values = {"number": " hr9 ", "name": " 沈若兰 ", "held": ["hr", "trainer"], **changes}
    return create_staff(**values, by=by, at=at)


def test_an_account_with_roles_and_without_a_password(at):
    person = make(UserFactory(roles=["administrator"]), at)

    assert (person.number, person.name, person.has_usable_password()) == ("HR9", "沈若兰", False)
    assert roles.roles_of(person) == {"hr", "trainer"}
    assert list(AuditRow.objects.order_by("pk").values_list("action", flat=True)) == [
        "people.account_created", "people.role_granted", "people.role_granted",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [("hr", {}, "roles_not_allowed"), ("administrator", {"number": "t1"}, "number_taken"),
     ("administrator", {"held": ["king"]}, "role_unknown")],
)  # fmt: skip
def test_what_is_refused_leaves_no_account(at, role, changes, code):
    UserFactory(number="T1")
    by = UserFactory(roles=[role])

    with pytest.raises(Refused) as caught:
        make(by, at, **changes)

    assert caught.value.code == code
    assert User.objects.count() == 2


def test_a_taken_number_is_told_on_the_form(client):
    UserFactory(number="T1")
    client.force_login(UserFactory(roles=["administrator"]))

    answer = client.post(
        reverse("people:staff_new"), {"number": "T1", "name": "甲", "held": ["hr"]}
    )

    assert "number" in answer.context["form"].errors
    assert client.get(reverse("people:role_list")).status_code == 200
