"""A claim and its four people: maker, checker, approver, payer."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from kit.canonical import digest
from kit.money import format_yuan
from kit.refusing import Refused
from people import roles
from people.permissions import need_role
from subsidies.choices import OPEN_CLAIM_STATES, UNDECIDED_CLAIM_STATES, ClaimState, Payee
from subsidies.models import Claim, ClaimEvent, PolicyVersion
from subsidies.queries import case_of, latest_certificate
from subsidies.rules.entitlement import Case, Entitlement, entitlement
from subsidies.rules.terms import Terms
from subsidies.services.explaining import first_refusal
from subsidies.services.fees import give_back_quota, take_quota
from subsidies.services.numbering import CLAIM, next_number
from subsidies.services.snapshots import snapshot_of
from training.models import Enrolment

PARTS = ("made_by_id", "checked_by_id", "approved_by_id", "paid_by_id")


def _note(claim: Claim, *, by: Any, at: datetime, reason: str = "") -> None:
    ClaimEvent.objects.create(claim=claim, state=claim.state, by=by, at=at, reason=reason)
    action = f"subsidies.claim_{claim.state}"
    record(action=action, at=at, actor=by, obj=claim, reason=reason)


def _entitled(terms: Terms, case: Case, shown_fen: int | None) -> Entitlement:
    """What a case is worth; Refused where it is worth nothing or not what was shown."""
    if terms.is_waiver:
        raise Refused("waiver", _("This policy is a waiver before payment, not a claim."))
    found = entitlement(terms, case)
    if not found.is_entitled:
        raise Refused("refused", first_refusal(found))
    if shown_fen is not None and shown_fen != found.amount_fen:
        told = _("The amount is %s yuan now, not what the page showed. Look at it and begin again.")
        raise Refused("amount", told % format_yuan(found.amount_fen))
    return found


@transaction.atomic
def make_claim(
    *,
    enrolment_id: int,
    policy_version: PolicyVersion,
    by: Any,
    at: datetime,
    shown_fen: int | None = None,
) -> Claim:
    """Begin a claim, by the person or by HR for them. Refused where a condition is not met, or
    where the amount is no longer the one that was shown."""
    enrolment = Enrolment.objects.select_related(
        "training_class__programme", "person__profile"
    ).get(pk=enrolment_id)
    if enrolment.person_id != by.pk:
        need_role(by, roles.HR)
    on = timezone.localdate(at)
    case = case_of(enrolment, policy_version, on=on)
    found = _entitled(policy_version.terms, case, shown_fen)
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                number=next_number(kind=CLAIM, enrolment=enrolment, year=on.year),
                year=on.year,
                policy_version=policy_version,
                person=enrolment.person,
                enrolment=enrolment,
                certificate=latest_certificate(enrolment),
                fee_fen=case.fee_fen,
                amount_fen=found.amount_fen,
                payee=Payee(policy_version.terms.payee),
                created_at=at,
                made_by=by,
            )
    except IntegrityError as error:  # another claim of the same person and year came first
        raise Refused("twice", _("A claim of this person and year exists.")) from error
    _note(claim, by=by, at=at)
    return claim


def _locked(claim_id: int) -> Claim:
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related(
            "policy_version__policy", "enrolment__training_class__programme", "person__profile"
        )
        .get(pk=claim_id)
    )


def weigh(*, claim: Claim, at: datetime) -> Entitlement:
    """The claim's conditions as they stand now."""
    on = timezone.localdate(at)
    version = claim.policy_version
    case = case_of(claim.enrolment, version, on=on, claim=claim)
    return entitlement(version.terms, case)


def _expect(claim: Claim, *states: str) -> None:
    if claim.state not in states:
        raise Refused(
            "state", _("The claim is “%s”; this step is not open.") % claim.get_state_display()
        )


def _other_person(claim: Claim, by: Any) -> None:
    """Maker, checker, approver and payer are four people, and none decides on their own money."""
    if by.pk in {getattr(claim, part) for part in PARTS} or by.pk == claim.person_id:
        raise Refused(
            "same_person", _("Maker, checker, approver and payer must be four different people.")
        )


@transaction.atomic
def submit_claim(*, claim_id: int, by: Any, at: datetime) -> Claim:
    """Hand a claim in: weigh it again, take its place in the quota, freeze what it stands on."""
    claim = _locked(claim_id)
    if claim.person_id != by.pk:
        need_role(by, roles.HR)
    if claim.state == ClaimState.SUBMITTED:
        return claim
    _expect(claim, *OPEN_CLAIM_STATES)
    found = weigh(claim=claim, at=at)
    if not found.is_entitled:
        raise Refused("refused", first_refusal(found))
    if found.missing:
        raise Refused("documents", _("Papers are missing; add them and hand in again."))
    if claim.submitted_at is None:
        take_quota(version=claim.policy_version, year=claim.year)
    claim.amount_fen = found.amount_fen
    claim.certificate = latest_certificate(claim.enrolment)
    claim.snapshot = snapshot_of(claim, found)
    claim.digest = digest(claim.snapshot)
    claim.state, claim.submitted_at, claim.reason = ClaimState.SUBMITTED, at, ""
    claim.checked_by = claim.checked_at = None
    claim.save()
    _note(claim, by=by, at=at)
    return claim


@transaction.atomic
def check_claim(*, claim_id: int, by: Any, at: datetime) -> Claim:
    """First review by HR, another person than the maker."""
    need_role(by, roles.HR)
    claim = _locked(claim_id)
    _expect(claim, ClaimState.SUBMITTED)
    _other_person(claim, by)
    claim.state, claim.checked_by, claim.checked_at = ClaimState.CHECKED, by, at
    claim.save(update_fields=["state", "checked_by", "checked_at"])
    _note(claim, by=by, at=at)
    return claim


@transaction.atomic
def approve_claim(*, claim_id: int, by: Any, at: datetime) -> Claim:
    """Approval; the conditions are weighed once more, for a certificate may have been revoked."""
    need_role(by, roles.APPROVER)
    claim = _locked(claim_id)
    _expect(claim, ClaimState.CHECKED)
    _other_person(claim, by)
    _still_entitled(claim)
    claim.state, claim.approved_by, claim.approved_at = ClaimState.APPROVED, by, at
    claim.save(update_fields=["state", "approved_by", "approved_at"])
    _note(claim, by=by, at=at)
    return claim


def _weighed_as_handed_in(claim: Claim) -> Entitlement:
    """The conditions on record now, as on the day of handing in, which every later step has."""
    assert claim.submitted_at is not None
    return weigh(claim=claim, at=claim.submitted_at)


def may_be_paid(claim: Claim) -> bool:
    """Whether an approved claim still meets its conditions, so that its payment is not refused."""
    return _weighed_as_handed_in(claim).is_entitled


def _still_entitled(claim: Claim) -> None:
    """What was true on the day of handing in must still be."""
    found = _weighed_as_handed_in(claim)
    if not found.is_entitled:
        raise Refused("refused", first_refusal(found))


@transaction.atomic
def pay_claim(*, claim_id: int, reference: str, by: Any, at: datetime) -> Claim:
    """Note the payment, once, with the bank's reference. Weighed as at the approval: nothing is
    paid for a certificate that was revoked since."""
    need_role(by, roles.FINANCE)
    claim = _locked(claim_id)
    _expect(claim, ClaimState.APPROVED)
    _other_person(claim, by)
    _still_entitled(claim)
    if not reference.strip():
        raise Refused("reference", _("Enter the bank's reference of the payment."))
    claim.state, claim.paid_by, claim.paid_at = ClaimState.PAID, by, at
    claim.payment_reference = reference.strip()
    claim.save(update_fields=["state", "paid_by", "paid_at", "payment_reference"])
    _note(claim, by=by, at=at)
    return claim


@transaction.atomic
def return_claim(*, claim_id: int, reason: str, by: Any, at: datetime) -> Claim:
    """Send a claim back for completion, saying what is missing; nothing is lost."""
    claim = _locked(claim_id)
    _may_decide(claim, by)
    _need_reason(reason)
    claim.state, claim.reason = ClaimState.RETURNED, reason.strip()
    claim.checked_by = claim.checked_at = None
    claim.save(update_fields=["state", "reason", "checked_by", "checked_at"])
    _note(claim, by=by, at=at, reason=reason)
    return claim


@transaction.atomic
def refuse_claim(*, claim_id: int, reason: str, by: Any, at: datetime) -> Claim:
    """Refuse a claim for good, with the reason; its place in quota and year is free again.

    An approved claim is refused by who would pay it, and only where the payment is refused.
    """
    claim = _locked(claim_id)
    if claim.state == ClaimState.APPROVED:
        _may_stop_payment(claim, by)
    else:
        _may_decide(claim, by)
    _need_reason(reason)
    claim.state, claim.reason = ClaimState.REFUSED, reason.strip()
    claim.save(update_fields=["state", "reason"])
    give_back_quota(version=claim.policy_version, year=claim.year)
    _note(claim, by=by, at=at, reason=reason)
    return claim


@transaction.atomic
def withdraw_claim(*, claim_id: int, by: Any, at: datetime) -> Claim:
    """Take a claim back before anybody has decided on it; the year and the quota are free again.
    By the applicant, or by HR who began it for them."""
    claim = _locked(claim_id)
    if by.pk not in (claim.person_id, claim.made_by_id):
        raise Refused("role", _("Only the applicant or who began the claim may take it back."))
    if claim.state == ClaimState.WITHDRAWN:
        return claim
    _expect(claim, *UNDECIDED_CLAIM_STATES)
    if claim.submitted_at is not None:
        give_back_quota(version=claim.policy_version, year=claim.year)
    claim.state = ClaimState.WITHDRAWN
    claim.save(update_fields=["state"])
    _note(claim, by=by, at=at)
    return claim


def _may_stop_payment(claim: Claim, by: Any) -> None:
    """Finance sends an approved claim away only where it could not be paid either."""
    need_role(by, roles.FINANCE)
    _other_person(claim, by)
    if may_be_paid(claim):
        raise Refused("approved", _("The claim is approved and its conditions still hold. Pay it."))


def _may_decide(claim: Claim, by: Any) -> None:
    """HR decides on what was handed in, the approver on what was checked."""
    _expect(claim, ClaimState.SUBMITTED, ClaimState.CHECKED)
    need_role(by, roles.HR if claim.state == ClaimState.SUBMITTED else roles.APPROVER)
    _other_person(claim, by)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason", _("Give a reason."))
