"""What the application form and the roster print.

The frozen snapshot of the claim is the source, so that a later roster changes no paper; its
sealed numbers (ID number, bank account) are opened here, for these papers go to the authority.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from kit.crypto import decrypt
from kit.identifiers import age_on
from kit.money import capitals, format_yuan
from kit.pdf import face_for
from kit.qr import qr_svg
from people.choices import Category, Sex
from subsidies.choices import DROPPED_CLAIM_STATES, DocumentKind, Payee
from subsidies.models import Claim, Dossier


def opened(sealed: str) -> str:
    """A sealed number in clear, "" where there is none."""
    return decrypt(sealed) if sealed else ""


def digit_cells(amount_fen: int) -> list[str]:
    """The eight cells 拾万 … 分 of a form with ¥ before the first digit; empty cells before it."""
    return list(f"¥{amount_fen}".rjust(8)[-8:])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _sex(person: dict[str, str]) -> str:
    return str(Sex(person["sex"]).label) if person["sex"] else ""


def _issuer(claim: Claim) -> dict[str, str]:
    certificate = claim.certificate.snapshot if claim.certificate else {}
    return {
        "issuer_name": certificate.get("issuer_name", ""),
        "issuer_uscc": certificate.get("issuer_uscc", ""),
    }


def _hours(claim: Claim) -> str:
    if claim.certificate is None:
        return "—"
    frozen = claim.certificate.snapshot
    return f"集中{frozen.get('hours_classroom', '—')} 线上{frozen.get('hours_online', '—')}"


def _scores(claim: Claim) -> str:
    if claim.certificate is None:
        return "—"
    scores = claim.certificate.snapshot
    parts = (("theory", "理论"), ("practical", "实操"), ("process", "过程"), ("total", "总评"))
    return " ".join(f"{name}{scores[key]}" for key, name in parts if scores.get(key))


def _receipts(claim: Claim) -> str:
    payments = claim.enrolment.receivable.payments.order_by("pk")
    return "、".join(payments.values_list("receipt_number", flat=True))


def application_context(dossier: Dossier) -> dict[str, Any]:
    """What the application form prints."""
    claim = dossier.claim
    assert claim is not None, "an application form belongs to a claim"
    snapshot = dossier.snapshot["claim"]
    return {
        "claim": claim,
        "snapshot": snapshot,
        "terms": claim.policy_version.terms,
        "is_demo": settings.DEMO,
        "qr": qr_svg(f"{settings.PUBLIC_URL}/me/claims/{claim.pk}/"),
        **_applicant(claim, snapshot),
        **_issuer(claim),
        **_training(claim, snapshot),
        **_money(claim, snapshot),
    }


def _applicant(claim: Claim, snapshot: dict[str, Any]) -> dict[str, Any]:
    person, sealed = snapshot["person"], snapshot["sealed"]
    category = person["category"]
    payee = Payee(snapshot["payee"])
    return {
        "face": face_for(person["name"]),
        "sex": _sex(person),
        "born_on": _day(person["born_on"]),
        "permit": person["permit"],
        "id_boxes": list(opened(sealed["id_number"]).ljust(18)),
        "account_boxes": list(opened(sealed["bank_account"])),
        "categories": [(kind.value, kind.label, kind.value == category) for kind in Category],
        "payee": payee.label,
        "payee_name": person["name"] if payee == Payee.PERSON else "",
        "documents": [
            {**paper, "title": DocumentKind(paper["kind"]).label} for paper in snapshot["documents"]
        ],
        "made_on": timezone.localdate(claim.submitted_at),
    }


def _training(claim: Claim, snapshot: dict[str, Any]) -> dict[str, Any]:
    return {
        "opens_on": _day(snapshot["training"]["opens_on"]),
        "closes_on": _day(snapshot["training"]["closes_on"]),
        "hours": _hours(claim),
        "scores": _scores(claim),
    }


def _money(claim: Claim, snapshot: dict[str, Any]) -> dict[str, Any]:
    amount, cap = snapshot["amount_fen"], claim.policy_version.terms.cap_fen
    return {
        "fee": format_yuan(snapshot["fee_fen"]),
        "amount": format_yuan(amount),
        "cap": format_yuan(cap) if cap is not None else "",
        "waiver": format_yuan(claim.enrolment.receivable.waiver_fen),
        "receipts": _receipts(claim),
        "amount_in_capitals": capitals(amount),
        "digits": digit_cells(amount),
    }


def roster_context(dossier: Dossier) -> dict[str, Any]:
    """What the roster prints: one row a claim, the total in figures and capitals."""
    batch = dossier.batch
    assert batch is not None, "a roster belongs to a batch"
    claims = list(
        batch.claims.exclude(state__in=DROPPED_CLAIM_STATES)
        .select_related("certificate")
        .order_by("person__number")
    )
    made_on = timezone.localdate(dossier.requested_at)
    rows = [_roster_row(number, claim, made_on) for number, claim in enumerate(claims, start=1)]
    total = sum(claim.snapshot["amount_fen"] for claim in claims)
    return {
        "batch": batch,
        "training_class": batch.training_class,
        "rows": rows,
        "women": sum(claim.snapshot["person"]["sex"] == Sex.FEMALE for claim in claims),
        "total": format_yuan(total),
        "total_in_capitals": capitals(total),
        "requested_by": dossier.requested_by,
        "made_on": made_on,
        "is_demo": settings.DEMO,
        **(_issuer(claims[0]) if claims else {"issuer_name": ""}),
    }


def _roster_row(number: int, claim: Claim, on: date) -> dict[str, Any]:
    person, sealed = claim.snapshot["person"], claim.snapshot["sealed"]
    born_on = _day(person["born_on"])
    certificate = claim.certificate.snapshot if claim.certificate else {}
    return {
        "number": number,
        "name": person["name"],
        "face": face_for(person["name"]),
        "sex": _sex(person),
        "id_number": opened(sealed["id_number"]),
        "age": age_on(born_on, on) if born_on else "",
        "category": Category(person["category"]).label,
        "education": person["education"],
        "household": person["household"],
        "permit": person["permit"],
        "mobile": person["mobile"],
        "hours": certificate.get("hours_total", "—"),
        "score": certificate.get("total", "—"),
        "certificate": claim.snapshot["certificate"]["number"],
        "bank": person["bank_name"],
        "account": opened(sealed["bank_account"]),
        "amount": format_yuan(claim.snapshot["amount_fen"]),
    }
