from datetime import timedelta

import pytest
from django.db import IntegrityError

from audit.models import AuditRow
from kit.refusing import Refused
from people.models import ActivationSlip, User
from people.permissions import gives_slip_to
from people.rules.slip import spelled, typed
from people.services import find_open_slip, issue_slips, use_slip
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
GOOD = "lychee-orange-88"


@pytest.fixture
def hr():
    return UserFactory(roles=["hr"])


@pytest.fixture
def trainee():
    return newcomer("trainee")


def newcomer(*roles):
    person = UserFactory(roles=roles)
    person.set_unusable_password()
    person.save()
    return person


def issue(person, by, at, **more):
    return issue_slips(people=[person], by=by, at=at, **more)[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7k4m-92qx", "7K4M92QX"),
        (" 7K4M 92QX ", "7K4M92QX"),
        ("OIL1-0000", "01110000"),
        ("7K4M-92Q", None),
        ("7K4M-92QU", None),
        ("", None),
    ],
)
def test_a_code_is_read_as_people_type_it(text, code):
    assert typed(text) == code


def test_a_code_is_printed_in_two_groups():
    assert spelled("7K4M92QX") == "7K4M-92QX"


def test_a_slip_opens_the_account_once(hr, trainee, at):
    slip = issue(trainee, hr, at)

    found = find_open_slip(code=slip.code.lower(), at=at)
    person = use_slip(slip_id=found.pk, password=GOOD, at=at)

    assert person.check_password(GOOD)
    assert find_open_slip(code=slip.code, at=at) is None
    with pytest.raises(Refused) as caught:
        use_slip(slip_id=found.pk, password=GOOD, at=at)
    assert caught.value.code == "slip_dead"
    assert [row.action for row in AuditRow.objects.order_by("pk")] == [
        "people.slip_issued", "people.slip_used",
    ]  # fmt: skip


def test_the_code_is_not_stored(hr, trainee, at):
    slip = issue(trainee, hr, at)
    code = slip.code.replace("-", "")

    stored = ActivationSlip.objects.values().get()

    assert [value for value in stored.values() if code in str(value)] == []


def test_a_slip_lives_fourteen_days(hr, trainee, at):
    slip = issue(trainee, hr, at)
    end = at + timedelta(days=14)

    assert find_open_slip(code=slip.code, at=end - timedelta(seconds=1)) is not None
    assert find_open_slip(code=slip.code, at=end) is None


def test_nonsense_and_slips_of_disabled_people_open_nothing(hr, trainee, at):
    slip = issue(trainee, hr, at)
    found = find_open_slip(code=slip.code, at=at)
    User.objects.filter(pk=trainee.pk).update(is_active=False)

    assert find_open_slip(code="?", at=at) is None
    assert find_open_slip(code=slip.code, at=at) is None
    with pytest.raises(Refused) as caught:
        use_slip(slip_id=found.pk, password=GOOD, at=at)
    assert caught.value.code == "slip_dead"


def test_a_weak_password_leaves_the_slip_open(hr, trainee, at):
    slip = issue(trainee, hr, at)
    found = find_open_slip(code=slip.code, at=at)

    with pytest.raises(Refused) as caught:
        use_slip(slip_id=found.pk, password="12345678", at=at)

    assert caught.value.code == "password_weak"
    assert find_open_slip(code=slip.code, at=at) is not None


def test_a_reprint_needs_an_identity_check_and_ends_the_old_slip(hr, trainee, at):
    old = issue(trainee, hr, at)

    with pytest.raises(Refused) as caught:
        issue(trainee, hr, at)
    new = issue(trainee, hr, at, identity_check=" ID card seen ")

    assert caught.value.code == "slip_needs_check"
    assert find_open_slip(code=old.code, at=at) is None
    assert find_open_slip(code=new.code, at=at).identity_check == "ID card seen"
    assert AuditRow.objects.latest("pk").reason == "ID card seen"


def test_a_disabled_person_gets_no_slip(hr, at):
    person = newcomer("trainee")
    person.is_active = False
    person.save()

    with pytest.raises(Refused) as caught:
        issue(person, hr, at)

    assert caught.value.code == "slip_inactive"


@pytest.mark.parametrize(
    ("giver", "taker", "signed_in_before", "allowed"),
    [
        ("administrator", ["administrator"], True, True),
        ("hr", ["trainee"], True, True),
        ("hr", ["approver"], False, True),
        ("hr", ["approver"], True, False),
        ("hr", ["administrator"], False, False),
        ("trainer", ["trainee"], True, True),
        ("trainer", ["trainee", "trainer"], True, False),
        ("grader", ["trainee"], True, False),
    ],
)
def test_a_slip_is_never_a_way_into_a_higher_account(giver, taker, signed_in_before, allowed, at):
    by = UserFactory(roles=[giver])
    person = UserFactory(roles=taker) if signed_in_before else newcomer(*taker)

    assert gives_slip_to(by, person) is allowed
    if allowed:
        assert issue(person, by, at, identity_check="ID card seen").person == person
    else:
        with pytest.raises(Refused) as caught:
            issue(person, by, at, identity_check="ID card seen")
        assert caught.value.code == "slip_not_allowed"


def test_nobody_gives_himself_a_slip(at):
    by = UserFactory(roles=["administrator"])

    with pytest.raises(Refused) as caught:
        issue(by, by, at, identity_check="me")

    assert caught.value.code == "slip_not_allowed"


def test_one_refused_slip_issues_none(hr, trainee, at):
    with pytest.raises(Refused):
        issue_slips(people=[trainee, UserFactory(roles=["auditor"])], by=hr, at=at)

    assert ActivationSlip.objects.count() == 0


def test_one_slip_is_open_per_person(hr, trainee, at):
    issue(trainee, hr, at)

    with pytest.raises(IntegrityError, match=r"slip_one_open|person_id"):
        ActivationSlip.objects.create(
            person=trainee, code_hash="x", issued_at=at, expires_at=at + timedelta(days=1)
        )
