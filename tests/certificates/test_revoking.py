import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from certificates.models import Revocation
from certificates.queries import valid_certificate
from certificates.services import (
    decide_revocation,
    issue_certificate,
    request_revocation,
)
from kit.refusing import Refused
from tests.factories.certificates import APPROVED_AT, make_certificate
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(roles=["officer", "approver"])


@pytest.fixture
def approver():
    return UserFactory(roles=["approver"])


def ask(certificate, officer, ground="records", note="学时记录经查不实"):
    return request_revocation(
        certificate=certificate, ground=ground, note=note, by=officer, at=APPROVED_AT
    )


def test_two_people_revoke(officer, approver):
    certificate = make_certificate()
    revocation = ask(certificate, officer)

    decide_revocation(revocation=revocation, confirm=True, by=approver, at=APPROVED_AT)

    certificate.refresh_from_db()
    assert (certificate.state, certificate.revoked_at) == ("revoked", APPROVED_AT)
    assert certificate.file
    assert valid_certificate(certificate.enrolment) is None
    assert AuditRow.objects.get(action="certificates.revoked").reason == "学时记录经查不实"


def test_a_declined_request_changes_nothing(officer, approver):
    certificate = make_certificate()

    decide_revocation(
        revocation=ask(certificate, officer), confirm=False, by=approver, at=APPROVED_AT
    )

    certificate.refresh_from_db()
    assert certificate.state == "valid"
    assert ask(certificate, officer).state == "open"


def test_nobody_decides_on_his_own_request(officer):
    revocation = ask(make_certificate(rendered=False), officer)

    with pytest.raises(Refused) as error:
        decide_revocation(revocation=revocation, confirm=True, by=officer, at=APPROVED_AT)
    assert error.value.code == "not_allowed"


def test_nobody_decides_twice(officer, approver):
    revocation = ask(make_certificate(rendered=False), officer)
    decide_revocation(revocation=revocation, confirm=True, by=approver, at=APPROVED_AT)

    with pytest.raises(Refused) as error:
        decide_revocation(revocation=revocation, confirm=True, by=approver, at=APPROVED_AT)
    assert error.value.code == "already_decided"


def test_only_officers_ask(approver):
    with pytest.raises(Refused) as error:
        ask(make_certificate(rendered=False), approver)
    assert error.value.code == "not_allowed"


@pytest.mark.parametrize(("ground", "note"), [("records", "  "), ("mood", "note")])
def test_a_request_needs_its_reason(officer, ground, note):
    with pytest.raises(Refused) as error:
        ask(make_certificate(rendered=False), officer, ground, note)
    assert error.value.code == "no_reason"


def test_one_request_at_a_time(officer):
    certificate = make_certificate(rendered=False)
    ask(certificate, officer)

    with pytest.raises(Refused) as error:
        ask(certificate, officer)
    assert error.value.code == "already_asked"


def test_a_revoked_one_is_not_revoked_again(officer, approver):
    certificate = make_certificate(rendered=False)
    revocation = ask(certificate, officer)
    decide_revocation(revocation=revocation, confirm=True, by=approver, at=APPROVED_AT)

    with pytest.raises(Refused) as error:
        ask(certificate, officer)
    assert error.value.code == "already_revoked"


def test_after_a_revocation_a_new_approval_may_issue_again(officer, approver):
    certificate = make_certificate(rendered=False)
    revocation = ask(certificate, officer)
    decide_revocation(revocation=revocation, confirm=True, by=approver, at=APPROVED_AT)

    again = issue_certificate(assessment=certificate.assessment, at=APPROVED_AT)

    assert again.number != certificate.number


@pytest.mark.parametrize("change", [{"state": "confirmed"}, {"decided_at": APPROVED_AT}])
def test_the_database_refuses_half_a_decision(officer, change):
    revocation = ask(make_certificate(rendered=False), officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Revocation.objects.filter(pk=revocation.pk).update(**change)


def test_the_database_refuses_a_decision_by_the_asker(officer):
    revocation = ask(make_certificate(rendered=False), officer)

    with pytest.raises(IntegrityError, match="by_another"), transaction.atomic():
        Revocation.objects.filter(pk=revocation.pk).update(
            state="confirmed", decided_at=APPROVED_AT, decided_by=officer
        )
