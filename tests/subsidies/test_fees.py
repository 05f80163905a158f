from datetime import timedelta

import pytest

from kit.refusing import Refused
from people import roles
from subsidies import services
from subsidies.models import Payment, Receivable
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, make_enrolment, make_policy, pay_fee


@pytest.fixture
def student(db):
    return make_enrolment("student", kind="entrepreneurship").receivable


def ask(receivable, *, by=None, version=None, evidence="学生证 2023001"):
    return services.request_waiver(
        receivable_id=receivable.pk,
        policy_version=version or make_policy("P2"),
        evidence=evidence,
        by=by or UserFactory(roles=["hr"]),
        at=APPROVED_AT,
    )


def decide(waiver, *, approve=True, by=None):
    return services.decide_waiver(
        waiver_id=waiver.pk,
        approve=approve,
        reason="" if approve else "证件过期",
        by=by or UserFactory(roles=["approver"]),
        at=APPROVED_AT,
    )


def pay(receivable, amount, *, number="R1", days=0, by=None):
    return services.record_payment(
        receivable_id=receivable.pk,
        amount_fen=amount,
        paid_on=(APPROVED_AT + timedelta(days=days)).date(),
        receipt_number=number,
        by=by or UserFactory(roles=["finance"]),
        at=APPROVED_AT,
    )


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_enrolment_opens_its_fee_once(student):
    again = services.open_receivable(enrolment=student.enrolment, at=APPROVED_AT)

    assert again == student
    assert (student.list_price_fen, student.due_fen) == (360_000, 360_000)


def test_waiver_is_taken_off_before_payment(student):
    decide(ask(student))

    student.refresh_from_db()
    assert (student.waiver_fen, student.due_fen) == (80_000, 280_000)


def test_refused_waiver_leaves_the_fee(student):
    decide(ask(student), approve=False)

    student.refresh_from_db()
    assert (student.waiver_fen, student.due_fen) == (0, 360_000)


def test_refused_waiver_is_asked_for_again_and_stays_on_record(student):
    decide(ask(student, evidence="过期的学生证"), approve=False)

    decide(ask(student))

    student.refresh_from_db()
    assert [w.state for w in student.waivers.all()] == ["approved", "refused"]
    assert (student.waiver.state, student.due_fen) == ("approved", 280_000)


def test_refusing_a_waiver_needs_a_reason(student):
    waiver = ask(student)

    assert code_of(
        services.decide_waiver, waiver_id=waiver.pk, approve=False, reason=" ",
        by=UserFactory(roles=["approver"]), at=APPROVED_AT,
    ) == "reason"  # fmt: skip


def test_waiver_after_payment_is_refused(student):
    pay_fee(student.enrolment)

    assert code_of(ask, student) == "refused"


def test_waiver_cannot_be_approved_once_something_was_paid(student):
    waiver = ask(student)
    pay(student, 100)

    assert code_of(decide, waiver) == "paid"


def test_waiver_outside_entrepreneurship_is_refused(db):
    assert code_of(ask, make_enrolment("student").receivable) == "refused"


def test_waiver_needs_evidence_a_waiver_policy_and_the_first_request(student):
    assert code_of(ask, student, evidence=" ") == "evidence"
    assert code_of(ask, student, version=make_policy("P4")) == "not_a_waiver"
    ask(student)
    student = Receivable.objects.get(pk=student.pk)
    assert code_of(ask, student) == "twice"


def test_waiver_is_decided_once_by_another_person(student):
    both = UserFactory(roles=["hr", "approver"])
    waiver = ask(student, by=both)

    assert code_of(decide, waiver, by=both) == "own"
    decide(waiver)
    assert code_of(decide, waiver) == "decided"


def test_payments_never_exceed_what_is_due(student):
    pay(student, 300_000)

    assert code_of(pay, student, 60_001, number="R2") == "amount"
    pay(student, 60_000, number="R3")
    student.refresh_from_db()
    assert (student.paid_fen, student.open_fen) == (360_000, 0)


@pytest.mark.parametrize(
    ("amount", "number", "days", "code"),
    [(1, " ", 0, "receipt"), (1, "R1", 1, "future"), (0, "R1", 0, "amount")],
)
def test_payment_that_cannot_be_is_refused(student, amount, number, days, code):
    assert code_of(pay, student, amount, number=number, days=days) == code


def test_receipt_number_counts_once(student):
    pay(student, 1)

    assert code_of(pay, student, 1) == "receipt_twice"


@pytest.mark.parametrize("call", [ask, lambda r, by: pay(r, 1, by=by)])
def test_fees_are_for_their_roles(student, call):
    assert code_of(call, student, by=UserFactory(roles=["trainer"])) == "role"


def test_approving_waivers_is_for_approvers(student):
    assert code_of(decide, ask(student), by=UserFactory(roles=["finance"])) == "role"


def test_nobody_decides_on_a_waiver_of_their_own_fee(student):
    waiver = ask(student)
    roles.grant(student.enrolment.person, "approver")

    assert code_of(decide, waiver, by=student.enrolment.person) == "own"


def test_a_receipt_recorded_elsewhere_at_the_same_moment_is_told_plainly(student, monkeypatch):
    pay(make_enrolment("student").receivable, 1)
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)

    assert code_of(pay, student, 1) == "receipt_twice"
    assert Payment.objects.count() == 1


def test_nobody_records_a_payment_of_their_own(student):
    finance = UserFactory(roles=["finance"])
    student.enrolment.person = finance
    student.enrolment.save(update_fields=["person"])

    assert code_of(pay, student, 100, by=finance) == "own"


@pytest.mark.parametrize(("days", "code"), [(-366, None), (-367, "past")])
def test_a_day_long_before_the_enrolment_is_a_slip(student, days, code):
    Receivable.objects.filter(pk=student.pk).update(created_at=APPROVED_AT)

    if code is None:
        assert pay(student, 100, days=days).paid_on == (APPROVED_AT + timedelta(days=days)).date()
    else:
        assert code_of(pay, student, 100, days=days) == code
