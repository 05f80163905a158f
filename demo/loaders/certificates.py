"""A certificate scheme for every demo programme. Papers say 演示样张 · 无效 by the setting DEMO."""

from datetime import datetime

from certificates.models import Certificate, CertificateScheme
from certificates.services import render_certificate, save_scheme
from training.choices import ProgrammeKind
from training.models import Programme

ISSUER = "赣鄱云商职业培训学校(示例)"
ISSUER_USCC = "52369900MA0DEM013J"
ISSUER_CODE = "DEMO"
KIND_CODES = {ProgrammeKind.REGULAR: "YY", ProgrammeKind.ENTREPRENEURSHIP: "CY"}
VALIDITY_MONTHS = 36
PAPERS_AT_ONCE = 3


def load(at: datetime) -> None:
    """Make the schemes that are missing; those there stay as they are.

    The first papers are made at once, because the demo's claims stand on them; the queue makes
    the others.
    """
    for programme in Programme.objects.exclude(
        pk__in=CertificateScheme.objects.values("programme")
    ).order_by("code"):
        save_scheme(
            programme=programme,
            by=None,
            at=at,
            title=programme.title,
            issuer_name=programme.issuer or ISSUER,
            issuer_uscc="" if programme.issuer not in ("", ISSUER) else ISSUER_USCC,
            issuer_code=ISSUER_CODE,
            kind_code=KIND_CODES[ProgrammeKind(programme.kind)],
            validity_months=VALIDITY_MONTHS,
        )
    waiting = Certificate.objects.filter(state="pending").order_by("pk")
    for certificate in waiting[:PAPERS_AT_ONCE]:
        render_certificate(certificate_id=certificate.pk, at=at)
