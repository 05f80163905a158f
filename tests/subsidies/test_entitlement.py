import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidies.rules.entitlement import Case, entitlement
from subsidies.rules.money import due_fen, may_pay, total_of
from subsidies.rules.terms import Method, Terms, TermsError, amount_fen, terms_of

POLICIES = json.loads((Path(__file__).parents[2] / "demo" / "policies.json").read_text())
TERMS = {row["code"][:2]: terms_of(row["terms"]) for row in POLICIES}
DAY = date(2026, 3, 13)

# fee → P1 | P2 | P3 | P4 | P5, in fen
FEES = [
    (600_00, 600_00, 600_00, 600_00, 480_00, 480_00),
    (1500_00, 1500_00, 800_00, 1500_00, 1200_00, 1200_00),
    (2000_00, 2000_00, 800_00, 2000_00, 1600_00, 1600_00),
    (2000_01, 2000_00, 800_00, 2000_01, 1600_00, 1600_00),
    (2500_00, 2000_00, 800_00, 2500_00, 2000_00, 2000_00),
    (3600_00, 2000_00, 800_00, 3600_00, 2880_00, 2880_00),
    (3750_00, 2000_00, 800_00, 3750_00, 3000_00, 3000_00),
    (4000_00, 2000_00, 800_00, 4000_00, 3000_00, 3200_00),
    (1234_56, 1234_56, 800_00, 1234_56, 987_64, 987_64),
]


@pytest.mark.parametrize(("fee", "p1", "p2", "p3", "p4", "p5"), FEES)
def test_the_fee_table(fee, p1, p2, p3, p4, p5):
    assert [amount_fen(TERMS[code], fee) for code in ("P1", "P2", "P3", "P4", "P5")] == [
        p1, p2, p3, p4, p5,
    ]  # fmt: skip


@given(st.sampled_from(sorted(TERMS)), st.integers(0, 10_000_000))
def test_amount_is_never_above_fee_cap_or_share(code, fee):
    terms = TERMS[code]

    amount = amount_fen(terms, fee)

    assert 0 <= amount <= fee
    assert amount * 100 <= fee * terms.percent
    assert terms.cap_fen is None or amount <= terms.cap_fen


def case(code, **changes):
    """A case in which everything is met."""
    terms = TERMS[code]
    good = Case(
        on=DAY,
        category=terms.audience,
        age=30,
        fee_fen=3600_00,
        programme_kind=terms.programme_kind or "regular",
        invoice_fen=0 if terms.is_waiver else 3600_00,
        paid=not terms.is_waiver,
        passed=True,
        certificate_state="valid",
        certificate_on=DAY,
        documents=frozenset(terms.documents),
    )
    return replace(good, **changes)


@pytest.mark.parametrize("code", sorted(TERMS))
def test_entitled_when_everything_is_met(code):
    found = entitlement(TERMS[code], case(code))

    assert (found.is_complete, found.refusals) == (True, ())
    assert found.amount_fen == amount_fen(TERMS[code], 3600_00)


REFUSALS = [
    ("P1", {"employed_during_training": True}, "unemployed"),
    ("P2", {"programme_kind": "regular"}, "programme_kind"),
    ("P2", {"paid": True}, "before_payment"),
    ("P5", {"passed": False}, "passed"),
    ("P4", {"same_course": ("DEMO-SL-2025-0000017",)}, "once_a_course"),
    ("P4", {"other_claims": ("DEMO-SL-2026-0000017",)}, "once_a_year"),
    ("P4", {"on": DAY + timedelta(days=366)}, "window"),
    ("P4", {"invoice_fen": 2879_99}, "invoice"),
    ("P3", {"quota_used": 1000}, "quota"),
    ("P1", {"age": 15}, "age"),
    ("P4", {"certificate_state": "revoked"}, "certificate"),
    ("P4", {"certificate_state": "", "certificate_on": None}, "certificate"),
    ("P4", {"category": "employee"}, "category"),
]


@pytest.mark.parametrize(("code", "change", "reason"), REFUSALS)
def test_refused_for_one_reason_and_worth_nothing(code, change, reason):
    found = entitlement(TERMS[code], case(code, **change))

    assert [condition.code for condition in found.refusals] == [reason]
    assert found.amount_fen == 0


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("P3", {"quota_used": 999}),
        ("P1", {"age": 16}),
        ("P4", {"on": DAY + timedelta(days=365)}),
        ("P4", {"invoice_fen": 2880_00}),
    ],
)
def test_still_entitled_on_the_line(code, change):
    assert entitlement(TERMS[code], case(code, **change)).is_entitled is True


def test_missing_papers_do_not_refuse_but_keep_the_claim_open():
    found = entitlement(TERMS["P4"], case("P4", documents=frozenset({"receipt"})))

    assert (found.is_entitled, found.is_complete) == (True, False)
    assert found.missing == ("returnee_proof",)


def test_stackable_policy_looks_at_no_other_claim():
    terms = replace(TERMS["P4"], stackable=True)

    assert entitlement(terms, case("P4", other_claims=("X",))).is_entitled is True


def test_policy_without_certificate_asks_for_none():
    terms = replace(TERMS["P4"], requires_certificate=False)

    found = entitlement(terms, case("P4", certificate_state="", certificate_on=None))

    assert found.is_entitled is True


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"percent": 120}, "percent"),
        ({"percent": 0}, "percent"),
        ({"cap_fen": 0}, "cap_fen"),
        ({"quota_per_year": 0}, "quota_per_year"),
        ({"window_days": 0}, "window_days"),
        ({"method": "lottery"}, "method"),
        ({"unknown": 1}, "method"),
    ],
)
def test_terms_that_cannot_be_are_refused(change, field):
    data = {"code": "X", "audience": "other", "method": "full", **change}

    with pytest.raises(TermsError) as caught:
        terms_of(data)
    assert caught.value.field == field


def test_terms_come_back_from_their_own_data():
    for terms in TERMS.values():
        assert terms_of(json.loads(json.dumps(terms.as_data()))) == terms


def test_waiver_is_taken_off_before_payment():
    assert Terms("P2", "student", Method.WAIVER_CAPPED).is_waiver is True
    assert due_fen(3600_00, 800_00) == 2800_00


@pytest.mark.parametrize("waiver", [-1, 3600_01])
def test_waiver_outside_the_price_is_refused(waiver):
    with pytest.raises(ValueError, match="outside"):
        due_fen(3600_00, waiver)


@pytest.mark.parametrize(
    ("paid", "amount", "fits"), [(0, 1, True), (99, 1, True), (100, 1, False), (0, 0, False)]
)
def test_payment_fits_what_is_open(paid, amount, fits):
    assert may_pay(due=100, paid=paid, amount=amount) is fits


def test_total_is_the_sum_of_the_lines():
    assert total_of([1600_00, 987_64]).total_fen == 2587_64
