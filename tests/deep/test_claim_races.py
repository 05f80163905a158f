"""Many hands on one claim: one claim, one number, one place of the quota."""

from functools import partial

import pytest

from kit.refusing import Refused
from subsidies import services
from subsidies.models import Claim, Payment, QuotaYear
from tests.deep.threads import at_once
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, PDF, make_enrolment, make_policy, make_ready

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
HANDS = 10


def test_ten_officers_begin_one_claim():
    place, version, officer = make_ready(), make_policy("P4"), UserFactory(roles=["hr"])
    begin = partial(
        services.make_claim,
        enrolment_id=place.pk, policy_version=version, by=officer, at=APPROVED_AT,
    )  # fmt: skip

    got = at_once([begin] * HANDS, told=Refused)

    claim = Claim.objects.get()
    assert got.count(claim) == 1
    assert {each for each in got if each != claim} <= {"twice", "refused"}
    assert claim.number[-7:-1] == "000001"


def test_ten_presses_hand_in_once():
    place, officer = make_ready(), UserFactory(roles=["hr"])
    version = make_policy("P4", quota_per_year=10)
    claim = services.make_claim(
        enrolment_id=place.pk, policy_version=version, by=officer, at=APPROVED_AT
    )
    for kind in version.terms.documents:
        services.add_document(
            claim_id=claim.pk, kind=kind, name="a.pdf", content=PDF, by=officer, at=APPROVED_AT
        )
    submit = partial(services.submit_claim, claim_id=claim.pk, by=officer, at=APPROVED_AT)

    got = at_once([submit] * HANDS, told=Refused)

    assert got == [claim] * HANDS
    assert claim.events.filter(state="submitted").count() == 1
    assert QuotaYear.objects.get().used == 1


def test_one_receipt_pays_one_fee():
    fees, officer = (
        [make_enrolment().receivable for _i in range(HANDS)],
        UserFactory(roles=["finance"]),
    )
    pay = partial(
        services.record_payment,
        amount_fen=1, paid_on=APPROVED_AT.date(), receipt_number="R-1", by=officer, at=APPROVED_AT,
    )  # fmt: skip

    got = at_once([partial(pay, receivable_id=fee.pk) for fee in fees], told=Refused)

    assert got.count("receipt_twice") == HANDS - 1
    assert Payment.objects.count() == 1
