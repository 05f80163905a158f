"""Many hands on one claim: one claim, one number, one place of the quota."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from kit.refusing import Refused
from subsidies import services
from subsidies.models import Claim, Payment, QuotaYear
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, PDF, make_enrolment, make_policy, make_ready

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
HANDS = 10


def together(work):
    """What each hand got, a refusal by its code; all start at the same moment."""
    barrier = Barrier(HANDS)

    def one(_number):
        barrier.wait(timeout=60)
        try:
            return work()
        except Refused as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))


def test_ten_officers_begin_one_claim():
    place, version, officer = make_ready(), make_policy("P4"), UserFactory(roles=["hr"])

    got = together(
        lambda: services.make_claim(
            enrolment_id=place.pk, policy_version=version, by=officer, at=APPROVED_AT
        )
    )

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

    got = together(lambda: services.submit_claim(claim_id=claim.pk, by=officer, at=APPROVED_AT))

    assert got == [claim] * HANDS
    assert claim.events.filter(state="submitted").count() == 1
    assert QuotaYear.objects.get().used == 1


def test_one_receipt_pays_one_fee():
    fees, officer = (
        [make_enrolment().receivable for _i in range(HANDS)],
        UserFactory(roles=["finance"]),
    )
    waiting = iter(fees)

    got = together(
        lambda: services.record_payment(
            receivable_id=next(waiting).pk, amount_fen=1, paid_on=APPROVED_AT.date(),
            receipt_number="R-1", by=officer, at=APPROVED_AT,
        )
    )  # fmt: skip

    assert got.count("receipt_twice") == HANDS - 1
    assert Payment.objects.count() == 1
