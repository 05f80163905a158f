"""Facts about people and certificates."""

from typing import Any

from certificates.models import Certificate, Revocation
from people.roles import APPROVER, AUDITOR, OFFICER, has_role

STAFF = (OFFICER, APPROVER, AUDITOR)


def issues_certificates(user: Any) -> bool:
    """Keeps schemes, watches the papers being made, asks for revocations."""
    return has_role(user, OFFICER)


def approves_revocation(user: Any, revocation: Revocation) -> bool:
    """An approver decides, and never on his own request or his own certificate."""
    return (
        has_role(user, APPROVER)
        and revocation.requested_by_id != user.pk
        and revocation.certificate.person_id != user.pk
    )


def holds(user: Any, certificate: Certificate) -> bool:
    """It is his own."""
    return bool(certificate.person_id == user.pk)
