"""Reads of certificates that have more than one caller."""

from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from certificates.choices import LIVE, CertificateState
from certificates.models import Certificate
from exams.choices import AssessmentState
from exams.models import Assessment
from training.models import ClassSession, Enrolment
from training.rules.gate import COUNTS_AS_ATTENDED

ENROLMENT_CONTEXT = "training.enrolment:"


def enrolment_of(assessment: Assessment) -> Enrolment | None:
    """The place in a class an assessment belongs to; None for any other context."""
    kind, _sep, pk = assessment.context.partition(":")
    if f"{kind}:" != ENROLMENT_CONTEXT or not pk.isdigit():
        return None
    return (
        Enrolment.objects.select_related("training_class__programme__certificate_scheme")
        .filter(pk=int(pk))
        .first()
    )


def classroom_seconds(enrolment: Enrolment) -> int:
    """Class time this person attended."""
    total = ClassSession.objects.filter(
        attendances__enrolment=enrolment, attendances__state__in=COUNTS_AS_ATTENDED
    ).aggregate(total=Sum("seconds"))["total"]
    return total or 0


def valid_certificate(enrolment: Enrolment, at: datetime | None = None) -> Certificate | None:
    """The certificate of a place in a class that is valid, and at an instant also in force."""
    found = Certificate.objects.filter(enrolment=enrolment)
    if at is None:
        return found.filter(state=CertificateState.VALID).first()
    return found.valid_on(timezone.localdate(at)).first()


def passed_without_certificate() -> Any:
    """Approved passes of class members that have no live certificate, oldest first: their
    programme had no scheme when they were approved."""
    held = Certificate.objects.filter(state__in=LIVE).values("assessment")
    ever = Certificate.objects.filter(state=CertificateState.REVOKED).values("assessment")
    return (
        Assessment.objects.filter(
            state=AssessmentState.APPROVED, passed=True, context__startswith=ENROLMENT_CONTEXT
        )
        .exclude(pk__in=held)
        .exclude(pk__in=ever)
        .order_by("pk")
    )
