"""Certificates, and the money that hangs on the place. Money in fen."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from certificates.models import Certificate, Revocation
from reports.queries.packs.spelling import day, instant, who
from subsidies.models import Claim, ClaimEvent, Payment, Receivable, Waiver
from training.models import Enrolment


def certificates_of(places: Sequence[Enrolment]) -> dict[int, list[dict[str, Any]]]:
    """Enrolment id → every certificate ever numbered, oldest first, with its revocation."""
    found: dict[int, list[dict[str, Any]]] = {place.pk: [] for place in places}
    confirmed = Revocation.objects.filter(state="confirmed").select_related("decided_by")
    rows = Certificate.objects.filter(enrolment__in=found).prefetch_related(
        Prefetch("revocations", confirmed)
    )
    for row in rows.order_by("pk"):
        revoked = next(iter(row.revocations.all()), None)
        found[row.enrolment_id].append(
            {
                "ref": f"certificates.certificate:{row.uid}",
                "number": row.number,
                "state": row.state,
                "issued_on": day(row.issued_on),
                "expires_on": day(row.expires_on),
                "digest": row.digest,
                "file_sha256": row.file_sha256,
                "revoked_at": instant(row.revoked_at),
                "revoked_for": revoked.ground if revoked else "",
                "revoked_by": who(revoked.decided_by) if revoked else "",
            }
        )
    return found


def money_of(places: Sequence[Enrolment]) -> dict[int, dict[str, Any]]:
    """Enrolment id → fee, waivers, payments and claims of the place."""
    claims = _claims(places)
    found: dict[int, dict[str, Any]] = {
        place.pk: {"fee": None, "waivers": [], "payments": [], "claims": claims[place.pk]}
        for place in places
    }
    fees = Receivable.objects.filter(enrolment__in=found).prefetch_related(
        Prefetch("payments", Payment.objects.select_related("recorded_by").order_by("pk")),
        Prefetch(
            "waivers",
            Waiver.objects.select_related(
                "policy_version__policy", "requested_by", "decided_by"
            ).order_by("pk"),
        ),
    )
    for fee in fees:
        found[fee.enrolment_id] |= {
            "fee": {
                "ref": f"subsidies.receivable:{fee.pk}",
                "list_fen": fee.list_price_fen,
                "waiver_fen": fee.waiver_fen,
                "due_fen": fee.due_fen,
                "paid_fen": fee.paid_fen,
            },
            "waivers": [_waiver(row) for row in fee.waivers.all()],
            "payments": [_payment(row) for row in fee.payments.all()],
        }
    return found


def _waiver(row: Waiver) -> dict[str, Any]:
    return {
        "policy": f"{row.policy_version.policy.title} v{row.policy_version.number}",
        "amount_fen": row.amount_fen,
        "state": row.state,
        "evidence": row.evidence,
        "asked_by": who(row.requested_by),
        "asked_at": instant(row.requested_at),
        "decided_by": who(row.decided_by),
        "decided_at": instant(row.decided_at),
        "reason": row.reason,
    }


def _payment(row: Payment) -> dict[str, Any]:
    return {
        "amount_fen": row.amount_fen,
        "paid_on": day(row.paid_on),
        "receipt": row.receipt_number,
        "by": who(row.recorded_by),
        "at": instant(row.recorded_at),
    }


def _claims(places: Sequence[Enrolment]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = (
        Claim.objects.filter(enrolment__in=[place.pk for place in places])
        .select_related("policy_version__policy")
        .prefetch_related(
            Prefetch("events", ClaimEvent.objects.select_related("by").order_by("pk"))
        )
    )
    for row in rows.order_by("pk"):
        found[row.enrolment_id].append(
            {
                "ref": f"subsidies.claim:{row.pk}",
                "number": row.number,
                "policy": f"{row.policy_version.policy.title} v{row.policy_version.number}",
                "amount_fen": row.amount_fen,
                "state": row.state,
                "payee": row.payee,
                "events": [
                    {
                        "state": event.state,
                        "by": who(event.by),
                        "at": instant(event.at),
                        "reason": event.reason,
                    }
                    for event in row.events.all()
                ],
            }
        )
    return found
