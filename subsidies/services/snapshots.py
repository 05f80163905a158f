"""What a claim stood on when it was handed in, and what has changed since.

The snapshot is the source of every paper; whatever a roster or HR changes later shows as a
difference and changes no paper.
"""

from typing import Any

from people.models import Profile, User
from subsidies.models import Claim
from subsidies.rules.entitlement import Entitlement
from subsidies.services.explaining import amount_lines, sentence

# Sealed numbers are compared by their keyed hashes and shown masked.
HASHES = {"id_masked": "id_number_hash", "bank_masked": "bank_account_hash"}
LABELS = {
    "name": (User, "name"),
    "number": (User, "number"),
    "mobile": (User, "mobile"),
    "sex": (Profile, "sex"),
    "born_on": (Profile, "born_on"),
    "unit": (Profile, "unit"),
    "household": (Profile, "household"),
    "education": (Profile, "education"),
    "permit": (Profile, "employment_permit_no"),
    "bank_name": (Profile, "bank_name"),
    "id_masked": (Profile, "id_number_masked"),
    "bank_masked": (Profile, "bank_account_masked"),
}


def snapshot_of(claim: Claim, found: Entitlement) -> dict[str, Any]:
    """Everything the claim stands on, as it is now; the papers are made from this alone."""
    version, certificate = claim.policy_version, claim.certificate
    lines = amount_lines(version.terms, claim.fee_fen, claim.amount_fen)
    return {
        "policy": {
            "title": version.policy.title,
            "version": version.number,
            "digest": version.digest,
            "basis_note": version.basis_note,
        },
        "person": person_facts(claim),
        "sealed": sealed_facts(claim),
        "training": _training_facts(claim),
        "certificate": {
            "number": certificate.number if certificate else "",
            "issued_on": certificate.issued_on.isoformat() if certificate else "",
        },
        "fee_fen": claim.fee_fen,
        "amount_fen": claim.amount_fen,
        "payee": claim.payee,
        "conditions": [sentence(condition) for condition in found.conditions],
        "lines": [line.__dict__ for line in lines],
        "documents": [
            {"kind": paper.kind, "name": paper.name, "sha256": paper.sha256}
            for paper in claim.documents.all()
        ],
    }


def person_facts(claim: Claim) -> dict[str, str]:
    """What the papers say about the applicant, in clear."""
    profile = claim.person.profile
    return {
        "name": claim.person.name,
        "number": claim.person.number,
        "id_masked": profile.id_number_masked,
        "mobile": claim.person.mobile,
        "category": claim.enrolment.category,
        "sex": profile.sex,
        "born_on": profile.born_on.isoformat() if profile.born_on else "",
        "unit": str(profile.unit or ""),
        "household": profile.household,
        "education": profile.education,
        "permit": profile.employment_permit_no,
        "bank_name": profile.bank_name,
        "bank_masked": profile.bank_account_masked,
    }


def sealed_facts(claim: Claim) -> dict[str, str]:
    """The numbers that only the papers for the authority open, sealed as they are at rest."""
    profile = claim.person.profile
    return {
        "id_number": profile.id_number_sealed,
        "id_number_hash": profile.id_number_hash,
        "bank_account": profile.bank_account_sealed,
        "bank_account_hash": profile.bank_account_hash,
    }


def _training_facts(claim: Claim) -> dict[str, str]:
    training_class = claim.enrolment.training_class
    return {
        "programme": training_class.programme.title,
        "class": training_class.name,
        "class_code": training_class.code,
        "opens_on": training_class.opens_on.isoformat(),
        "closes_on": training_class.closes_on.isoformat(),
    }


def changed_since(claim: Claim) -> list[tuple[str, str, str]]:
    """What the records say otherwise since a claim was handed in: (what, then, now)."""
    if not claim.snapshot:
        return []
    then, now = claim.snapshot["person"], person_facts(claim)
    old_numbers, new_numbers = claim.snapshot["sealed"], sealed_facts(claim)
    changed = []
    for key, (model, field) in LABELS.items():
        number = HASHES.get(key)
        before, after = (
            (old_numbers[number], new_numbers[number]) if number else (then[key], now[key])
        )
        if before != after:
            label = str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
            changed.append((label, then[key] or "—", now[key] or "—"))
    return changed
