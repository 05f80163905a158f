from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from certificates.models import Certificate
from kit.refusing import Refused
from subsidies import services
from subsidies.models import Claim, QuotaYear
from subsidies.queries import Surroundings
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, PDF, make_enrolment, make_policy, make_ready


def codes(call, **kwargs):
    """The error code of a refused service call."""
    with pytest.raises(Refused) as caught:
        call(**kwargs)
    return caught.value.code


def test_claim_is_worth_eighty_percent_and_has_a_number(claim):
    assert (claim.amount_fen, claim.fee_fen, claim.payee) == (288_000, 360_000, "person")
    assert claim.number.startswith("DEMO-SL-2026-000001")


def test_trainee_claims_for_oneself_but_not_for_another(db):
    version, enrolment = make_policy("P4"), make_ready()
    stranger = UserFactory(roles=["trainee"])

    code = codes(
        services.make_claim,
        enrolment_id=enrolment.pk, policy_version=version, by=stranger, at=APPROVED_AT,
    )  # fmt: skip
    claim = services.make_claim(
        enrolment_id=enrolment.pk, policy_version=version, by=enrolment.person, at=APPROVED_AT
    )

    assert (code, claim.made_by) == ("role", enrolment.person)


def test_second_claim_of_the_year_is_refused_with_the_first_named(claim, staff):
    other = make_policy("P4", stackable=False)

    with pytest.raises(Refused, match=claim.number):
        services.make_claim(
            enrolment_id=claim.enrolment_id, policy_version=other, by=staff["maker"], at=APPROVED_AT
        )


def test_database_holds_one_live_claim_a_person_and_year(claim):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            number="X", year=claim.year, policy_version=claim.policy_version, person=claim.person,
            enrolment=claim.enrolment, fee_fen=1, amount_fen=1, payee="person",
            created_at=APPROVED_AT, made_by=claim.made_by,
        )  # fmt: skip


def test_race_lost_at_the_constraint_is_told_plainly(claim, staff, monkeypatch):
    nothing = Surroundings((), {}, {})
    monkeypatch.setattr("subsidies.queries._around", lambda *args, **more: nothing)

    code = codes(
        services.make_claim,
        enrolment_id=claim.enrolment_id, policy_version=claim.policy_version,
        by=staff["maker"], at=APPROVED_AT,
    )  # fmt: skip

    assert code == "twice"


def test_waiver_policy_cannot_be_claimed(staff):
    enrolment = make_ready("student")

    code = codes(
        services.make_claim,
        enrolment_id=enrolment.pk, policy_version=make_policy("P2"),
        by=staff["maker"], at=APPROVED_AT,
    )  # fmt: skip

    assert code == "waiver"


def test_programme_without_certificate_scheme_numbers_under_the_platform(staff):
    enrolment = make_ready(certified=False)

    claim = services.make_claim(
        enrolment_id=enrolment.pk,
        policy_version=make_policy("P4", requires_certificate=False),
        by=staff["maker"],
        at=APPROVED_AT,
    )

    assert claim.number.startswith("LMS-SL-2026-")
    assert claim.certificate is None


def test_handing_in_needs_the_papers(claim, staff):
    code = codes(services.submit_claim, claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)

    assert code == "documents"


def test_handing_in_freezes_what_the_claim_stands_on(submitted):
    assert submitted.snapshot["amount_fen"] == 288_000
    assert submitted.snapshot["person"]["id_masked"] == "369***********001X"
    assert len(submitted.digest) == 64


def test_handing_in_twice_changes_nothing(submitted, staff):
    again = services.submit_claim(
        claim_id=submitted.pk, by=staff["maker"], at=APPROVED_AT + timedelta(days=1)
    )

    assert again.submitted_at == APPROVED_AT


def test_stranger_cannot_hand_in(claim):
    stranger = UserFactory(roles=["trainee"])

    assert codes(
        services.submit_claim, claim_id=claim.pk, by=stranger, at=APPROVED_AT
    ) == "role"  # fmt: skip


def test_revoked_certificate_stops_the_claim(claim, staff, add_papers):
    add_papers(claim)
    Certificate.objects.update(state="revoked", revoked_at=APPROVED_AT)

    code = codes(services.submit_claim, claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)

    assert code == "refused"


def test_four_people_take_the_claim_to_payment(submitted, staff):
    at = APPROVED_AT

    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=at)
    services.approve_claim(claim_id=submitted.pk, by=staff["approver"], at=at)
    paid = services.pay_claim(claim_id=submitted.pk, by=staff["payer"], reference="B-1", at=at)

    assert (paid.state, paid.payment_reference) == ("paid", "B-1")
    assert list(AuditRow.objects.filter(object_id=str(paid.pk), object_kind="subsidies.claim")
                .order_by("pk").values_list("action", flat=True)) == [
        "subsidies.claim_draft", "subsidies.document_added", "subsidies.document_added",
        "subsidies.claim_submitted", "subsidies.claim_checked", "subsidies.claim_approved",
        "subsidies.claim_paid",
    ]  # fmt: skip


def test_nothing_is_paid_for_a_certificate_revoked_after_the_approval(submitted, staff):
    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=APPROVED_AT)
    services.approve_claim(claim_id=submitted.pk, by=staff["approver"], at=APPROVED_AT)
    Certificate.objects.update(state="revoked", revoked_at=APPROVED_AT)

    assert codes(
        services.pay_claim, claim_id=submitted.pk, by=staff["payer"], reference="B-1",
        at=APPROVED_AT,
    ) == "refused"  # fmt: skip


def test_nobody_plays_two_parts(submitted, staff):
    everything = UserFactory(roles=["hr", "approver", "finance"])
    at = APPROVED_AT

    assert codes(
        services.check_claim, claim_id=submitted.pk, by=staff["maker"], at=at
    ) == "same_person"  # fmt: skip
    services.check_claim(claim_id=submitted.pk, by=everything, at=at)
    assert codes(
        services.approve_claim, claim_id=submitted.pk, by=everything, at=at
    ) == "same_person"  # fmt: skip
    services.approve_claim(claim_id=submitted.pk, by=staff["approver"], at=at)
    assert codes(
        services.pay_claim, claim_id=submitted.pk, by=everything, reference="x", at=at
    ) == "same_person"  # fmt: skip


def test_nobody_decides_on_their_own_money(submitted):
    from people import roles

    roles.grant(submitted.person, roles.HR)

    assert codes(
        services.check_claim, claim_id=submitted.pk, by=submitted.person, at=APPROVED_AT
    ) == "same_person"  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [("made_by", "checked_by"), ("made_by", "approved_by"), ("checked_by", "paid_by")],
)
def test_database_holds_the_four_parts_apart(submitted, staff, first, second):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=submitted.pk).update(
            **{first: staff["payer"], second: staff["payer"]}
        )


def test_steps_only_in_their_order(submitted, staff):
    assert codes(
        services.approve_claim, claim_id=submitted.pk, by=staff["approver"], at=APPROVED_AT
    ) == "state"  # fmt: skip


@pytest.mark.parametrize(
    ("service", "extra"),
    [("check_claim", {}), ("approve_claim", {}), ("pay_claim", {"reference": "x"})],
)
def test_steps_need_their_role(submitted, service, extra):
    trainer = UserFactory(roles=["trainer"])

    assert codes(
        getattr(services, service), claim_id=submitted.pk, by=trainer, at=APPROVED_AT, **extra
    ) == "role"  # fmt: skip


def test_payment_needs_the_banks_reference(submitted, staff):
    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=APPROVED_AT)
    services.approve_claim(claim_id=submitted.pk, by=staff["approver"], at=APPROVED_AT)

    code = codes(
        services.pay_claim, claim_id=submitted.pk, by=staff["payer"], reference=" ", at=APPROVED_AT
    )

    assert code == "reference"


def test_approval_weighs_the_conditions_again(submitted, staff):
    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=APPROVED_AT)
    Certificate.objects.update(state="revoked", revoked_at=APPROVED_AT)

    code = codes(
        services.approve_claim, claim_id=submitted.pk, by=staff["approver"], at=APPROVED_AT
    )

    assert code == "refused"


def test_returned_claim_is_completed_and_handed_in_again(submitted, staff):
    services.return_claim(
        claim_id=submitted.pk, reason="照片缺公章", by=staff["checker"], at=APPROVED_AT
    )
    services.add_document(
        claim_id=submitted.pk, kind="returnee_proof", name="b.pdf", content=PDF + b"2",
        by=staff["maker"], at=APPROVED_AT,
    )  # fmt: skip

    again = services.submit_claim(claim_id=submitted.pk, by=staff["maker"], at=APPROVED_AT)

    assert (again.state, again.reason) == ("submitted", "")
    assert len(again.snapshot["documents"]) == 3


@pytest.mark.parametrize("service", ["return_claim", "refuse_claim"])
def test_sending_back_needs_a_reason(submitted, staff, service):
    assert codes(
        getattr(services, service),
        claim_id=submitted.pk, reason=" ", by=staff["checker"], at=APPROVED_AT,
    ) == "reason"  # fmt: skip


def test_only_the_approver_sends_a_checked_claim_back(submitted, staff):
    services.check_claim(claim_id=submitted.pk, by=staff["checker"], at=APPROVED_AT)

    assert codes(
        services.return_claim,
        claim_id=submitted.pk, reason="x", by=UserFactory(roles=["hr"]), at=APPROVED_AT,
    ) == "role"  # fmt: skip


def rural(staff, add_papers, version):
    enrolment = make_ready("rural_leader")
    claim = services.make_claim(
        enrolment_id=enrolment.pk, policy_version=version, by=staff["maker"], at=APPROVED_AT
    )
    add_papers(claim)
    return services.submit_claim(claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)


def test_thousand_and_first_rural_leader_is_refused(staff, add_papers):
    version = make_policy("P3")
    QuotaYear.objects.create(policy=version.policy, year=2026, used=999)

    last = rural(staff, add_papers, version)
    code = codes(
        services.make_claim,
        enrolment_id=make_ready("rural_leader").pk, policy_version=version,
        by=staff["maker"], at=APPROVED_AT,
    )  # fmt: skip

    assert (last.amount_fen, last.payee, code) == (360_000, "provider", "refused")


def test_refused_claim_gives_its_place_back(staff, add_papers):
    version = make_policy("P3", quota_per_year=1)
    claim = rural(staff, add_papers, version)

    services.refuse_claim(claim_id=claim.pk, reason="不符", by=staff["checker"], at=APPROVED_AT)

    assert QuotaYear.objects.get().used == 0
    assert rural(staff, add_papers, version).state == "submitted"


def test_returned_claim_keeps_its_place(staff, add_papers):
    claim = rural(staff, add_papers, make_policy("P3", quota_per_year=1))
    services.return_claim(claim_id=claim.pk, reason="补", by=staff["checker"], at=APPROVED_AT)

    services.submit_claim(claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)

    assert QuotaYear.objects.get().used == 1


def test_last_place_taken_meanwhile_is_told(staff, add_papers):
    from subsidies.services.fees import take_quota

    version = make_policy("P3", quota_per_year=1)
    take_quota(version=version, year=2026)

    assert codes(take_quota, version=version, year=2026) == "quota"


def test_employed_while_unemployed_is_refused(staff):
    from datetime import date

    enrolment = make_ready("unemployed", hired_on=date(2026, 3, 12))

    code = codes(
        services.make_claim,
        enrolment_id=enrolment.pk, policy_version=make_policy("P1"),
        by=staff["maker"], at=APPROVED_AT,
    )  # fmt: skip

    assert code == "refused"


def test_unpaid_fee_is_refused(staff):
    enrolment = make_enrolment()

    with pytest.raises(Refused, match=r"0\.00"):
        services.make_claim(
            enrolment_id=enrolment.pk,
            policy_version=make_policy("P4", requires_certificate=False),
            by=staff["maker"],
            at=APPROVED_AT,
        )


def test_a_claim_handed_in_after_new_year_counts_in_its_own_year(claim, staff, add_papers):
    add_papers(claim)
    after_new_year = APPROVED_AT.replace(year=2027, month=1)

    handed_in = services.submit_claim(claim_id=claim.pk, by=staff["maker"], at=after_new_year)

    assert (handed_in.state, handed_in.year) == ("submitted", 2026)


def test_database_holds_one_live_claim_a_place_whatever_the_year(claim):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            number="X", year=claim.year + 1, policy_version=claim.policy_version,
            person=UserFactory(), enrolment=claim.enrolment, fee_fen=1, amount_fen=1,
            payee="person", created_at=APPROVED_AT, made_by=claim.made_by,
        )  # fmt: skip


def test_a_place_is_claimed_for_again_once_the_first_claim_was_refused(submitted, staff):
    services.refuse_claim(
        claim_id=submitted.pk, reason="材料不实", by=staff["checker"], at=APPROVED_AT
    )

    again = services.make_claim(
        enrolment_id=submitted.enrolment_id, policy_version=submitted.policy_version,
        by=staff["maker"], at=APPROVED_AT,
    )  # fmt: skip

    assert again.number != submitted.number


def test_a_trainee_without_a_record_claims_nothing(staff):
    place = make_ready(certified=False)
    place.person.profile.delete()

    code = codes(
        services.make_claim,
        enrolment_id=place.pk, policy_version=make_policy("P4"), by=staff["maker"], at=APPROVED_AT,
    )  # fmt: skip

    assert code == "refused"
