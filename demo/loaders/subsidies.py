"""The five policies as published data; fees paid and claims begun for the demo's finished class."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from certificates.models import Certificate
from subsidies import services
from subsidies.models import Policy, PolicyVersion, Receivable
from subsidies.queries import claimable

SOURCE = Path(__file__).resolve().parent.parent / "policies.json"
BASIS_NOTE = "种子文件描述，正式文号待核实"
# One-page papers of the demo: a PDF that says what it stands for.
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def load(at: datetime) -> None:
    """Policies always; fees and claims for whoever already holds a certificate."""
    publisher = get_user_model().objects.get(number="AP001")
    for version in load_drafts(at):
        services.publish_policy(policy_version_id=version.pk, by=publisher, at=at)
    _fees(at)
    _claims(at)


def load_drafts(at: datetime) -> list[PolicyVersion]:
    """The five policies, each with its first version; a second run changes nothing."""
    return [_first_version(row, at) for row in json.loads(SOURCE.read_text(encoding="utf-8"))]


def _first_version(row: dict[str, Any], at: datetime) -> PolicyVersion:
    policy, _made = Policy.objects.get_or_create(
        code=row["code"], defaults={"title": row["title"], "audience": row["audience"]}
    )
    first = policy.versions.filter(number=1).first()
    if first is not None:
        return first
    draft = PolicyVersion(
        policy=policy,
        data=row["terms"],
        valid_from=date(timezone.localdate(at).year - 1, 1, 1),
        source=row["source"],
        basis_note=BASIS_NOTE,
    )
    return services.save_policy_draft(version=draft, by=None, at=at)


def _fees(at: datetime) -> None:
    """Everybody of a finished class has paid."""
    finance = get_user_model().objects.get(number="FI001")
    open_fees = Receivable.objects.filter(
        paid_fen=0, due_fen__gt=0, enrolment__completed_at__isnull=False
    ).select_related("enrolment__training_class")
    for receivable in open_fees:
        services.record_payment(
            receivable_id=receivable.pk,
            amount_fen=receivable.due_fen,
            paid_on=receivable.enrolment.training_class.opens_on,
            receipt_number=f"DEMO{receivable.pk:08d}",
            by=finance,
            at=at,
        )


def _claims(at: datetime) -> None:
    """Three certificate holders have claimed: one handed in, one checked, one just begun."""
    people = get_user_model().objects
    maker, checker = people.get(number="HR001"), people.get(number="HR002")
    holders = Certificate.objects.filter(state="valid", claims=None).select_related("person")
    on = timezone.localdate(at)
    for index, certificate in enumerate(holders.order_by("pk")[:3]):
        for enrolment, version, found in claimable(certificate.person, on=on):
            if found.is_entitled:
                _claim(index, enrolment, version, maker, checker, at - timedelta(hours=index))
                break


def _claim(
    index: int, enrolment: Any, version: PolicyVersion, maker: Any, checker: Any, at: datetime
) -> None:
    claim = services.make_claim(enrolment_id=enrolment.pk, policy_version=version, by=maker, at=at)
    if index == 2:
        return
    for kind in version.terms.documents:
        services.add_document(
            claim_id=claim.pk, kind=kind, name=f"{kind}.pdf", content=PAPER, by=maker, at=at
        )
    services.submit_claim(claim_id=claim.pk, by=maker, at=at)
    if index == 1:
        services.check_claim(claim_id=claim.pk, by=checker, at=at)
