"""How a claim ends without money: taken back, refused, or stopped before its payment."""

import pytest

from certificates.models import Certificate
from subsidies import services
from subsidies.models import Claim, QuotaYear
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, make_policy
from tests.subsidies.pages import address, told
from tests.subsidies.test_claims import codes, rural


@pytest.fixture
def approved(submitted, staff):
    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=APPROVED_AT)
    return services.approve_claim(claim_id=submitted.pk, by=staff["approver"], at=APPROVED_AT)


def test_what_cannot_be_paid_any_more_is_refused_by_finance(approved, staff):
    Certificate.objects.update(state="revoked", revoked_at=APPROVED_AT)

    claim = services.refuse_claim(
        claim_id=approved.pk, reason="证书已撤销", by=staff["payer"], at=APPROVED_AT
    )

    assert (claim.state, claim.reason, claim.approved_by) == (
        "refused", "证书已撤销", staff["approver"],
    )  # fmt: skip


def test_finance_does_not_overrule_an_approval(approved, staff):
    assert codes(
        services.refuse_claim, claim_id=approved.pk, reason="x", by=staff["payer"], at=APPROVED_AT
    ) == "approved"  # fmt: skip


def test_only_finance_stops_a_payment(approved):
    assert codes(
        services.refuse_claim, claim_id=approved.pk, reason="x", at=APPROVED_AT,
        by=UserFactory(roles=["approver"]),
    ) == "role"  # fmt: skip


@pytest.mark.parametrize("who", ["maker", "person"])
def test_claim_taken_back_frees_year_and_place(staff, add_papers, who):
    version = make_policy("P3", quota_per_year=1)
    claim = rural(staff, add_papers, version)
    by = claim.person if who == "person" else staff["maker"]

    services.withdraw_claim(claim_id=claim.pk, by=by, at=APPROVED_AT)
    again = services.withdraw_claim(claim_id=claim.pk, by=by, at=APPROVED_AT)

    assert (again.state, QuotaYear.objects.get().used) == ("withdrawn", 0)
    assert claim.events.filter(state="withdrawn").count() == 1
    assert services.make_claim(
        enrolment_id=claim.enrolment_id, policy_version=version, by=by, at=APPROVED_AT
    ).state == "draft"  # fmt: skip


def test_claim_never_handed_in_is_taken_back(claim, staff):
    claim = services.withdraw_claim(claim_id=claim.pk, by=claim.person, at=APPROVED_AT)

    assert claim.state == "withdrawn"


def test_nobody_else_takes_a_claim_back(claim, staff):
    assert codes(
        services.withdraw_claim, claim_id=claim.pk, by=staff["checker"], at=APPROVED_AT
    ) == "role"  # fmt: skip


def test_checked_claim_is_not_taken_back(submitted, staff):
    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=APPROVED_AT)

    assert codes(
        services.withdraw_claim, claim_id=submitted.pk, by=staff["maker"], at=APPROVED_AT
    ) == "state"  # fmt: skip


def test_the_applicant_takes_a_claim_back_once(client, submitted):
    client.force_login(submitted.person)

    page = client.get(address("claim_detail", submitted.pk))
    first = client.post(address("claim_withdraw", submitted.pk), follow=True)
    after = client.get(address("claim_detail", submitted.pk))

    assert address("claim_withdraw", submitted.pk) in page.content.decode()
    assert told(first) == "申领已撤回。"
    assert address("claim_withdraw", submitted.pk) not in after.content.decode()
    assert Claim.objects.get().state == "withdrawn"


def test_a_checked_claim_cannot_be_taken_back_any_more(client, submitted, staff):
    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=APPROVED_AT)
    client.force_login(submitted.person)

    answer = client.post(address("claim_withdraw", submitted.pk), follow=True)

    assert Claim.objects.get().state == "checked"
    assert "不能办这一步" in told(answer)


@pytest.mark.parametrize(("state", "step"), [("valid", "pay"), ("revoked", "refuse")])
def test_finance_pays_or_refuses_what_cannot_be_paid(client, approved, staff, state, step):
    Certificate.objects.update(state=state, revoked_at=APPROVED_AT if state == "revoked" else None)
    client.force_login(staff["payer"])

    page = client.get(address("claim_detail", approved.pk)).context["steps"]

    assert page == [step]
