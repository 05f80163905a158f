"""Revoking a certificate takes two: an officer asks, an approver decides."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from certificates.choices import CertificateState, RevocationGround, RevocationState
from certificates.models import Certificate, Revocation
from certificates.permissions import approves_revocation, issues_certificates
from kit.refusing import Refused


@transaction.atomic
def request_revocation(
    *, certificate: Certificate, ground: str, note: str, by: Any, at: datetime
) -> Revocation:
    """An officer's request; the ground will be public, the note stays inside."""
    if not issues_certificates(by):
        raise Refused("not_allowed", _("Only exam officers ask for a revocation."))
    if ground not in RevocationGround.values or not note.strip():
        raise Refused("no_reason", _("Choose a ground and give the reason."))
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.state == CertificateState.REVOKED:
        raise Refused("already_revoked", _("This certificate is already revoked."))
    if locked.revocations.filter(state=RevocationState.OPEN).exists():
        raise Refused("already_asked", _("A revocation already waits for approval."))
    revocation = Revocation.objects.create(
        certificate=locked, ground=ground, note=note.strip(), requested_by=by, requested_at=at
    )
    record(
        action="certificates.revocation_requested",
        at=at,
        actor=by,
        obj=locked,
        detail={"ground": ground},
        reason=note.strip(),
    )
    return revocation


@transaction.atomic
def decide_revocation(*, revocation: Revocation, confirm: bool, by: Any, at: datetime) -> None:
    """An approver's word. Confirmed, the certificate is revoked from this instant; the paper
    stays in the files as evidence."""
    certificate = Certificate.objects.select_for_update().get(pk=revocation.certificate_id)
    locked = Revocation.objects.select_for_update().get(pk=revocation.pk)
    if not approves_revocation(by, locked):
        raise Refused("not_allowed", _("An approver decides, and never on a request of his own."))
    if locked.state != RevocationState.OPEN:
        raise Refused("already_decided", _("This request has been decided."))
    locked.state = RevocationState.CONFIRMED if confirm else RevocationState.DECLINED
    locked.decided_by, locked.decided_at = by, at
    locked.save(update_fields=["state", "decided_by", "decided_at"])
    if confirm:
        certificate.state, certificate.revoked_at = CertificateState.REVOKED, at
        certificate.save(update_fields=["state", "revoked_at"])
    record(
        action="certificates.revoked" if confirm else "certificates.revocation_declined",
        at=at,
        actor=by,
        obj=certificate,
        detail={"ground": locked.ground},
        reason=locked.note,
    )
