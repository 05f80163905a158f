"""What the public may learn about a certificate: little, and nothing about those that are not.

Unknown, malformed, wrong surname and too many questions give one and the same answer, after the
same look-up.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from certificates.choices import CertificateState, RevocationGround, RevocationState
from certificates.models import Certificate
from certificates.rules.numbers import normalise_number
from certificates.rules.validity import surname_matches
from kit.identifiers import IdentifierError, mask_name, normalise_code

QUESTIONS_A_MINUTE = 30


@dataclass(frozen=True)
class Answer:
    """`state` is valid, expired, revoked or missing; `facts` is empty for missing.

    A missing answer never says why it is missing.
    """

    state: str
    facts: dict[str, Any]


MISSING = Answer("missing", {})


def may_ask(*, address: str, at: datetime) -> bool:
    """Count one question from an address; False above 30 in a minute."""
    key = f"verify:{address}:{int(at.timestamp()) // 60}"
    cache.add(key, 0, timeout=120)
    try:
        return bool(cache.incr(key) <= QUESTIONS_A_MINUTE)
    except ValueError:  # the entry was dropped between the two calls
        return True


def too_many(_answer: Answer) -> Answer:
    """What those above the limit hear: the look-up was made and its answer is thrown away."""
    return MISSING


def look_up_code(*, text: str, at: datetime) -> Answer:
    """The answer to a code, as it is typed or scanned."""
    try:
        code = normalise_code(text)
    except IdentifierError:
        code = ""
    return _answer(Certificate.objects.issued().filter(code=code).first(), at)


def look_up_number(*, number: str, surname: str, at: datetime) -> Answer:
    """The answer to a number with the holder's surname; neither alone is enough."""
    wanted = normalise_number(number[:60])
    found = Certificate.objects.issued().filter(number=wanted).first()
    if found is None or not surname_matches(found.snapshot["name"], surname[:80]):
        return MISSING
    return _answer(found, at)


def _answer(certificate: Certificate | None, at: datetime) -> Answer:
    if certificate is None:
        return MISSING
    snapshot = certificate.snapshot
    facts: dict[str, Any] = {
        "name": mask_name(snapshot["name"]),
        "number": certificate.number,
        "programme": snapshot["programme"],
        "starts_on": snapshot["starts_on"],
        "ends_on": snapshot["ends_on"],
        "hours": snapshot["hours_total"].removesuffix(".0"),
        "issuer_name": snapshot["issuer_name"],
        "issued_on": certificate.issued_on,
        "expires_on": certificate.expires_on,
        "demo": snapshot["demo"],
    }
    if certificate.state == CertificateState.REVOKED:
        return Answer("revoked", {**facts, **_revocation_of(certificate)})
    if certificate.has_expired(timezone.localdate(at)):
        return Answer("expired", facts)
    return Answer("valid", facts)


def _revocation_of(certificate: Certificate) -> dict[str, Any]:
    ground = certificate.revocations.filter(state=RevocationState.CONFIRMED).values_list(
        "ground", flat=True
    )[0]
    return {"revoked_at": certificate.revoked_at, "ground": RevocationGround(ground).label}
