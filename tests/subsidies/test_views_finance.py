"""What people type wrongly or press twice on the pages of fees."""

import pytest
from django.utils import timezone

from subsidies import services
from subsidies.models import Payment
from tests.factories.people import UserFactory
from tests.factories.subsidies import make_enrolment, make_policy
from tests.subsidies.pages import address, staff

pytestmark = pytest.mark.django_db


def test_fees_are_found_and_the_totals_are_the_sum_of_the_lines(client):
    make_enrolment()
    other = make_enrolment(price=100_001)
    staff(client, "finance")

    everything = client.get(address("finance_overview"))
    one = client.get(address("finance_overview"), {"q": other.person.number})

    lines = list(everything.context["page"])
    assert everything.context["totals"]["due"] == sum(line.due_fen for line in lines) == 460_001
    assert [line.enrolment for line in one.context["page"]] == [other]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "3,600.005"), ("amount", "-1"), ("amount", "1e3"), ("amount", "¥¥1"),
        ("amount", ""), ("paid_on", "2026-02-30"), ("paid_on", "26.1.5"),
        ("receipt_number", "x" * 41), ("receipt_number", ""),
    ],
)  # fmt: skip
def test_a_payment_typed_wrongly_is_told_beside_the_field(client, field, value):
    staff(client, "finance")
    fee = make_enrolment().receivable
    typed = {"amount": "100", "paid_on": "2026-03-01", "receipt_number": "R-1", field: value}

    response = client.post(address("receivable_detail", fee.pk), typed)

    form = response.context["form"]
    assert (response.status_code, list(form.errors), Payment.objects.count()) == (400, [field], 0)
    assert {name: form[name].value() for name in typed} == typed


def test_a_payment_above_what_is_open_names_what_is(client):
    staff(client, "finance")
    fee = make_enrolment().receivable
    typed = {"amount": "3600.01", "paid_on": "2026-03-01", "receipt_number": "R-1"}

    response = client.post(address("receivable_detail", fee.pk), typed)

    assert (response.status_code, Payment.objects.count()) == (400, 0)
    assert "3,600.00" in str(response.context["form"].errors)


def test_a_payment_is_recorded(client):
    staff(client, "finance")
    fee = make_enrolment().receivable

    response = client.post(
        address("receivable_detail", fee.pk),
        {"amount": "3600", "paid_on": "2026-03-01", "receipt_number": "R-1"},
    )

    fee.refresh_from_db()
    assert (response.status_code, fee.open_fen) == (302, 0)


@pytest.fixture
def student_fee():
    return make_enrolment("student", kind="entrepreneurship").receivable


def ask(client, fee, **data):
    return client.post(address("waiver_request", fee.pk), data)


def test_a_waiver_without_evidence_keeps_what_was_chosen(client, student_fee):
    staff(client, "finance")
    policy = make_policy("P2")

    response = ask(client, student_fee, policy_version=policy.pk, evidence="")

    form = response.context["waiver_form"]
    assert (response.status_code, list(form.errors)) == (400, ["evidence"])
    assert form["policy_version"].value() == str(policy.pk)


def test_a_second_waiver_is_told_with_what_was_typed(client, student_fee):
    staff(client, "finance")
    policy = make_policy("P2")
    first = ask(client, student_fee, policy_version=policy.pk, evidence="学生证 1")

    second = ask(client, student_fee, policy_version=policy.pk, evidence="学生证 2")

    assert (first.status_code, second.status_code) == (302, 409)
    assert second.context["waiver_form"]["evidence"].value() == "学生证 2"


def asked_by(student_fee, person):
    return services.request_waiver(
        receivable_id=student_fee.pk, policy_version=make_policy("P2"), evidence="学生证",
        by=person, at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(("approve", "status"), [("", 400), ("perhaps", 400), ("yes", 409)])
def test_a_waiver_is_not_decided_by_its_asker_or_without_a_word(
    client, student_fee, approve, status
):
    person = staff(client, "approver", "finance")
    waiver = asked_by(student_fee, person)

    response = client.post(
        address("waiver_decide", waiver.pk), {"approve": approve, "reason": "证件清楚"}
    )

    waiver.refresh_from_db()
    assert (response.status_code, waiver.state) == (status, "requested")
    assert "证件清楚" in response.content.decode()


def test_a_waiver_is_decided_by_another(client, student_fee):
    waiver = asked_by(student_fee, UserFactory(roles=["finance"]))
    staff(client, "approver")

    client.post(address("waiver_decide", waiver.pk), {"approve": "yes", "reason": ""})

    student_fee.refresh_from_db()
    assert student_fee.waiver_fen == 80_000
