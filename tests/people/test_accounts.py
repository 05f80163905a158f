import pytest

from audit.models import AuditRow
from kit.crypto import encrypt
from kit.refusing import Refused
from people import roles
from people.models import Profile, User
from people.services import (
    grant_role,
    reveal_id_number,
    seal_bank_account,
    seal_id_number,
    set_active,
    update_person,
    withdraw_role,
)
from tests.factories.people import ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return UserFactory(roles=["hr"])


@pytest.fixture
def administrator():
    return UserFactory(roles=["administrator"])


def refused(service, code, **arguments):
    with pytest.raises(Refused) as caught:
        service(**arguments)
    assert caught.value.code == code
    assert caught.value.message == str(caught.value)


def test_an_id_number_is_revealed_for_a_reason_and_recorded(hr, at):
    profile = ProfileFactory(id_number_sealed=encrypt("36990119900307001X"))

    number = reveal_id_number(person=profile.user, by=hr, reason=" 核对社保 ", at=at)

    assert number == "36990119900307001X"
    row = AuditRow.objects.get()
    assert (row.action, row.reason, row.actor_id) == ("people.id_revealed", "核对社保", hr.pk)
    assert number not in str(row.detail)


def test_an_id_number_stays_hidden_without_right_reason_or_number(hr, administrator, at):
    person = ProfileFactory().user

    refused(
        reveal_id_number, "reveal_not_allowed", person=person, by=administrator, reason="x", at=at
    )
    refused(reveal_id_number, "reason_missing", person=person, by=hr, reason=" ", at=at)
    refused(reveal_id_number, "id_number_absent", person=hr, by=hr, reason="x", at=at)


def test_numbers_are_sealed_and_taken_out():
    profile = Profile()
    seal_id_number(profile, "36990119900307001X")
    seal_bank_account(profile, "9999616750043432145")

    assert profile.id_number_masked == "369***********001X"
    assert profile.bank_account_masked == "999************2145"
    seal_id_number(profile, "")
    seal_bank_account(profile, "")
    assert (profile.id_number_sealed, profile.id_number_hash, profile.id_number_masked) == ("",) * 3
    assert (profile.bank_account_sealed, profile.bank_account_masked) == ("", "")


def test_roles_are_granted_and_withdrawn_with_a_trace(administrator, at):
    person = UserFactory()

    for _time in range(2):
        grant_role(person=person, role="grader", by=administrator, at=at, reason="新考评员")
    assert roles.has_role(person, "grader")
    for _time in range(2):
        withdraw_role(person=person, role="grader", by=administrator, at=at)

    assert roles.roles_of(User.objects.get(pk=person.pk)) == frozenset()
    assert [(row.action, row.detail) for row in AuditRow.objects.order_by("pk")] == [
        ("people.role_granted", {"role": "grader"}),
        ("people.role_withdrawn", {"role": "grader"}),
    ]


def test_roles_are_kept_by_administrators_only(hr, administrator, at):
    refused(grant_role, "roles_not_allowed", person=hr, role="finance", by=hr, at=at)
    refused(grant_role, "role_unknown", person=hr, role="king", by=administrator, at=at)
    with pytest.raises(ValueError, match="king"):
        roles.grant(hr, "king")


def test_the_last_administrator_stays(administrator, at):
    refused(
        withdraw_role, "role_last_administrator",
        person=administrator, role="administrator", by=administrator, at=at,
    )  # fmt: skip
    UserFactory(roles=["administrator"])

    withdraw_role(person=administrator, role="administrator", by=administrator, at=at)

    assert not roles.has_role(administrator, "administrator")


def test_an_account_is_disabled_and_enabled_with_a_reason(hr, at):
    person = UserFactory(roles=["trainee"])

    set_active(person=person, active=False, by=hr, reason="离职", at=at)
    set_active(person=person, active=False, by=hr, reason="离职", at=at)
    set_active(person=person, active=True, by=hr, reason="返岗", at=at)

    assert [row.action for row in AuditRow.objects.order_by("pk")] == [
        "people.account_disabled", "people.account_enabled",
    ]  # fmt: skip


def test_an_account_is_not_disabled_without_right_or_reason(hr, administrator, at):
    person = UserFactory()
    arguments = {"active": False, "at": at, "reason": "x"}

    refused(set_active, "people_not_allowed", person=person, by=UserFactory(), **arguments)
    refused(set_active, "people_not_allowed", person=administrator, by=hr, **arguments)
    refused(set_active, "own_account", person=hr, by=hr, **arguments)
    refused(set_active, "reason_missing", person=person, by=hr, **{**arguments, "reason": " "})


def test_a_record_is_corrected_and_contact_data_stay_out_of_the_trace(hr, at):
    profile = ProfileFactory(education="大专")

    changed = update_person(
        person=profile.user, by=hr, at=at,
        changes={"mobile": "15400000009", "education": "本科", "name": profile.user.name},
    )  # fmt: skip

    assert changed == ["mobile", "education"]
    assert AuditRow.objects.get().detail == {"mobile": [], "education": ["大专", "本科"]}
    assert User.objects.get(pk=profile.user_id).mobile == "15400000009"


def test_a_correction_that_changes_nothing_leaves_no_trace(hr, at):
    person = UserFactory()

    assert update_person(person=person, by=hr, at=at, changes={"name": person.name}) == []
    assert AuditRow.objects.count() == 0


def test_a_correction_is_refused_without_right_or_when_taken(hr, at):
    UserFactory(mobile="15400000009")
    person = UserFactory()

    refused(update_person, "people_not_allowed", person=person, by=person, at=at, changes={})
    refused(
        update_person, "already_taken",
        person=person, by=hr, at=at, changes={"mobile": "15400000009"},
    )  # fmt: skip
