"""From an approved pass to a certificate with a number, in one transaction."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from certificates.choices import LIVE
from certificates.models import Certificate, CertificateScheme, NumberCounter
from certificates.permissions import issues_certificates
from certificates.queries import (
    classroom_seconds,
    enrolment_of,
    passed_without_certificate,
)
from certificates.rules.numbers import series_of
from certificates.rules.validity import last_day
from exams.choices import AssessmentState
from exams.models import Assessment
from jobs.services import enqueue
from kit.canonical import digest
from kit.exact import print_score
from kit.hours import class_hours_text
from kit.identifiers import random_code
from kit.numbering import take_number
from kit.refusing import Refused
from training.models import Enrolment
from training.queries import online_seconds

RENDER_TASK = "certificates.render_certificate"


def result_of(assessment: Assessment) -> dict[str, str]:
    """The four scores as printed; the assessment is approved, so all are known."""
    parts = {
        "theory": assessment.theory,
        "practical": assessment.practical,
        "process": assessment.process,
        "total": assessment.total,
    }
    return {name: "" if value is None else print_score(value) for name, value in parts.items()}


def content_of(assessment: Assessment, enrolment: Enrolment) -> dict[str, Any]:
    """What the paper says about the person, the training and the result."""
    profile = getattr(enrolment.person, "profile", None)
    classroom, online = classroom_seconds(enrolment), online_seconds(enrolment)
    return {
        "name": enrolment.person.name,
        "id_type": profile.id_type if profile else "",
        "id_masked": profile.id_number_masked if profile else "",
        "class": enrolment.training_class.code,
        "starts_on": enrolment.training_class.opens_on.isoformat(),
        "ends_on": enrolment.training_class.closes_on.isoformat(),
        "hours_classroom": class_hours_text(classroom),
        "hours_online": class_hours_text(online),
        "hours_total": class_hours_text(classroom + online),
        **result_of(assessment),
    }


def wording_of(scheme: CertificateScheme) -> dict[str, Any]:
    """What the paper says in the issuer's name."""
    return {
        "programme": scheme.title,
        "issuer_name": scheme.issuer_name,
        "issuer_uscc": scheme.issuer_uscc,
        "signatories": scheme.signatories,
        "language": scheme.language,
    }


def verify_address(code: str) -> str:
    """Where the QR code leads."""
    return f"{settings.PUBLIC_URL}/verify/{code}/"


def freeze(certificate: Certificate) -> None:
    """Write the snapshot and its digest; only before the paper exists."""
    snapshot = {
        "schema": 1,
        "number": certificate.number,
        "version": certificate.version,
        **wording_of(certificate.scheme),
        **content_of(certificate.assessment, certificate.enrolment),
        "issued_on": certificate.issued_on.isoformat(),
        "issued_at": timezone.localtime(certificate.created_at).isoformat(timespec="seconds"),
        "expires_on": certificate.expires_on.isoformat() if certificate.expires_on else "",
        "verify_url": verify_address(certificate.code),
        "site": settings.PUBLIC_URL.partition("://")[2] + "/verify",
        "assessment": certificate.assessment.inputs_digest,
        "demo": bool(settings.DEMO),
    }
    certificate.snapshot, certificate.digest = snapshot, digest(snapshot)


@transaction.atomic
def issue_certificate(*, assessment: Assessment, at: datetime) -> Certificate | None:
    """The certificate of an approved pass, and the message that has its paper made.

    None where nothing is due: not passed, not of a class, or a programme without a scheme.
    The same assessment again gives the same certificate.
    """
    if assessment.state != AssessmentState.APPROVED or not assessment.passed:
        return None
    enrolment = enrolment_of(assessment)
    if enrolment is None:
        return None
    scheme = CertificateScheme.objects.filter(
        programme=enrolment.training_class.programme_id
    ).first()
    if scheme is None:
        return None
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)  # two at once make one
    held = Certificate.objects.filter(enrolment=enrolment, state__in=LIVE).first()
    return held or _issue(assessment, enrolment, scheme, at)


def _issue(
    assessment: Assessment, enrolment: Enrolment, scheme: CertificateScheme, at: datetime
) -> Certificate:
    day = timezone.localdate(at)
    series = series_of(scheme.issuer_code, day.year, scheme.kind_code)
    certificate = Certificate(
        number=take_number(NumberCounter, series),
        code=random_code(),
        person=enrolment.person,
        assessment=assessment,
        enrolment=enrolment,
        scheme=scheme,
        issued_on=day,
        expires_on=last_day(day, scheme.validity_months),
        created_at=at,
    )
    freeze(certificate)
    certificate.save()
    record(
        action="certificates.numbered",
        at=at,
        obj=certificate,
        detail={"assessment": assessment.pk, "digest": certificate.digest},
    )
    ask_for_paper(certificate=certificate, at=at)
    return certificate


def ask_for_paper(*, certificate: Certificate, at: datetime) -> None:
    """The outbox message of this certificate's current round."""
    enqueue(
        task=RENDER_TASK,
        args={"certificate_id": certificate.pk},
        at=at,
        key=f"certificate:{certificate.pk}:{certificate.render_round}",
    )


def issue_missing(*, by: Any, at: datetime) -> int:
    """Certificates for passes approved before their programme had a scheme; how many came."""
    if not issues_certificates(by):
        raise Refused("not_allowed", _("Only exam officers issue certificates."))
    made = [issue_certificate(assessment=each, at=at) for each in passed_without_certificate()]
    return sum(certificate is not None for certificate in made)
