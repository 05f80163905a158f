"""Fees: what is owed, what is let off before payment, what was received."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from kit.money import format_yuan
from kit.refusing import Refused
from people import roles
from people.permissions import need_role
from subsidies.choices import WaiverState
from subsidies.models import Payment, PolicyVersion, QuotaYear, Receivable, Waiver
from subsidies.queries import case_of
from subsidies.rules.entitlement import entitlement
from subsidies.rules.money import due_fen, may_pay
from subsidies.services.explaining import first_refusal

# Nobody pays a fee longer before the enrolment; an earlier day is a slip of the pen.
LONGEST_BEFORE = timedelta(days=366)


def open_receivable(*, enrolment: Any, at: datetime) -> Receivable:
    """The fee of a new enrolment, at the list price of that day. Called in its transaction."""
    price = enrolment.list_price_fen
    receivable, _made = Receivable.objects.get_or_create(
        enrolment=enrolment,
        defaults={"list_price_fen": price, "due_fen": price, "created_at": at},
    )
    return receivable


def _locked(receivable_id: int) -> Receivable:
    return Receivable.objects.select_for_update().get(pk=receivable_id)


@transaction.atomic
def request_waiver(
    *, receivable_id: int, policy_version: PolicyVersion, evidence: str, by: Any, at: datetime
) -> Waiver:
    """Ask for a part of the fee to be let off; only before anything has been paid."""
    need_role(by, roles.HR, roles.FINANCE)
    receivable = _locked(receivable_id)
    terms = policy_version.terms
    if not terms.is_waiver:
        raise Refused("not_a_waiver", _("This policy is claimed after payment, not waived."))
    if receivable.waivers.exclude(state=WaiverState.REFUSED).exists():
        raise Refused("twice", _("A waiver has already been asked for."))
    if not evidence.strip():
        raise Refused("evidence", _("Name the evidence, for example the student card."))
    case = case_of(receivable.enrolment, policy_version, on=timezone.localdate(at))
    found = entitlement(terms, case)
    if not found.is_entitled:
        raise Refused("refused", first_refusal(found))
    waiver = Waiver.objects.create(
        receivable=receivable,
        policy_version=policy_version,
        amount_fen=found.amount_fen,
        evidence=evidence.strip(),
        requested_by=by,
        requested_at=at,
    )
    detail = {"amount_fen": waiver.amount_fen}
    record(action="subsidies.waiver_requested", at=at, actor=by, obj=receivable, detail=detail)
    return waiver


@transaction.atomic
def decide_waiver(*, waiver_id: int, approve: bool, reason: str, by: Any, at: datetime) -> Waiver:
    """Approve or refuse a waiver; the decider is another person than the asker."""
    need_role(by, roles.APPROVER)
    waiver = Waiver.objects.select_for_update().get(pk=waiver_id)
    receivable = _locked(waiver.receivable_id)
    if waiver.state != WaiverState.REQUESTED:
        raise Refused("decided", _("This waiver has already been decided."))
    if waiver.requested_by_id == by.pk:
        raise Refused("own", _("You asked for this waiver; another person must decide it."))
    if receivable.enrolment.person_id == by.pk:
        raise Refused("own", _("This fee is your own; another person must decide on it."))
    if not approve and not reason.strip():
        raise Refused("reason", _("Give a reason."))
    if approve and receivable.paid_fen:
        raise Refused("paid", _("The fee has been paid; a waiver is only possible before."))
    waiver.state = WaiverState.APPROVED if approve else WaiverState.REFUSED
    waiver.decided_by, waiver.decided_at, waiver.reason = by, at, reason.strip()
    waiver.save()
    if approve:
        take_quota(version=waiver.policy_version, year=timezone.localdate(at).year)
        receivable.waiver_fen = waiver.amount_fen
        receivable.due_fen = due_fen(receivable.list_price_fen, waiver.amount_fen)
        receivable.save(update_fields=["waiver_fen", "due_fen"])
    record(
        action=f"subsidies.waiver_{waiver.state}", at=at, actor=by, obj=receivable, reason=reason
    )
    return waiver


@transaction.atomic
def record_payment(
    *,
    receivable_id: int,
    amount_fen: int,
    paid_on: date,
    receipt_number: str,
    by: Any,
    at: datetime,
) -> Payment:
    """Money received for a fee, with the number of its receipt (each number once)."""
    need_role(by, roles.FINANCE)
    receivable = _locked(receivable_id)
    number = receipt_number.strip()
    if not number:
        raise Refused("receipt", _("Enter the number of the receipt."))
    if receivable.enrolment.person_id == by.pk:
        raise Refused("own", _("This fee is your own; another person must decide on it."))
    _may_be_day(paid_on, receivable, at)
    if Payment.objects.filter(receipt_number=number).exists():
        raise _twice(number)
    if not may_pay(due=receivable.due_fen, paid=receivable.paid_fen, amount=amount_fen):
        open_text = format_yuan(receivable.open_fen)
        raise Refused("amount", _("The amount does not fit: %s is still open.") % open_text)
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                receivable=receivable,
                amount_fen=amount_fen,
                paid_on=paid_on,
                receipt_number=number,
                recorded_by=by,
                recorded_at=at,
            )
    except IntegrityError as error:  # the same number went to another fee at this moment
        raise _twice(number) from error
    Receivable.objects.filter(pk=receivable.pk).update(paid_fen=F("paid_fen") + amount_fen)
    detail = {"amount_fen": amount_fen, "receipt": number}
    record(action="subsidies.payment_recorded", at=at, actor=by, obj=receivable, detail=detail)
    return payment


def _may_be_day(paid_on: date, receivable: Receivable, at: datetime) -> None:
    if paid_on > timezone.localdate(at):
        raise Refused("future", _("The day of payment is in the future."))
    if timezone.localdate(receivable.created_at) - paid_on > LONGEST_BEFORE:
        raise Refused(
            "past",
            _("The day of payment is more than a year before the enrolment. Check the year."),
        )


def _twice(number: str) -> Refused:
    return Refused("receipt_twice", _("Receipt %s is already recorded.") % number)


def take_quota(*, version: PolicyVersion, year: int) -> None:
    """Take one place of a policy's year under the row's lock; refuse where none is left."""
    quota = version.terms.quota_per_year
    if quota is None:
        return
    QuotaYear.objects.get_or_create(policy_id=version.policy_id, year=year)
    taken = QuotaYear.objects.filter(policy_id=version.policy_id, year=year, used__lt=quota).update(
        used=F("used") + 1
    )
    if not taken:
        raise Refused(
            "quota",
            _("All %(quota)s places of %(year)s are taken.") % {"quota": quota, "year": year},
        )


def give_back_quota(*, version: PolicyVersion, year: int) -> None:
    """Give one place back when a claim that held it is refused."""
    if version.terms.quota_per_year is not None:
        QuotaYear.objects.filter(policy_id=version.policy_id, year=year, used__gt=0).update(
            used=F("used") - 1
        )
