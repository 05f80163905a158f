"""Admissions: the floor above hands down who may sit, and takes it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from exams.models import Admission, Sitting
from exams.permissions import runs_exams
from exams.services.errors import ExamError


def admit(
    *,
    person: Any,
    sitting: Sitting,
    basis: dict[str, Any],
    by: Any,
    at: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Admission:
    """Give a person the right to sit once. Admitting twice keeps the first ticket.

    Without a window of their own people have the sitting's. `basis` says why, as JSON.
    """
    with transaction.atomic():
        # The lock makes ticket numbers of one sitting follow each other.
        sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
        valid = sitting.admissions.valid().filter(person=person).first()
        if valid is not None:
            return valid
        admission = Admission.objects.create(
            sitting=sitting, person=person, opens_at=opens_at, closes_at=closes_at,
            basis=basis, granted_at=at, ticket_number=_next_ticket(sitting),
        )  # fmt: skip
        record(
            action="exams.admitted", actor=by, obj=admission, at=at,
            detail={"person": person.pk, "sitting": sitting.pk, "basis": basis},
        )  # fmt: skip
    return admission


def withdraw_admission(*, person: Any, sitting: Sitting, reason: str, at: datetime) -> bool:
    """Take the right back. False when there is none, or when the person has already begun."""
    with transaction.atomic():
        admission = (
            Admission.objects.select_for_update(of=("self",)).valid()
            .filter(sitting=sitting, person=person, attempts__isnull=True).first()
        )  # fmt: skip
        if admission is None:
            return False
        admission.withdrawn_at, admission.withdrawn_reason = at, reason[:200]
        admission.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record(action="exams.admission_withdrawn", obj=admission, at=at, reason=reason)
    return True


def grant_extra_time(*, admission_id: int, minutes: int, reason: str, by: Any, at: datetime) -> int:
    """Extra minutes for one person, before the exam begins. Returns the minutes granted."""
    if not runs_exams(by):
        raise ExamError("forbidden", _("Only exam officers may grant extra time."))
    if not reason.strip():
        raise ExamError("reason", _("Give the reason for the extra time."))
    with transaction.atomic():
        admission = Admission.objects.select_for_update().valid().get(pk=admission_id)
        if admission.attempts.exists():
            raise ExamError("started", _("The attempt has already begun."))
        admission.extra_minutes = minutes
        admission.save(update_fields=["extra_minutes"])
        record(
            action="exams.extra_time_granted", actor=by, obj=admission, at=at, reason=reason,
            detail={"minutes": minutes},
        )  # fmt: skip
    return minutes


def _next_ticket(sitting: Sitting) -> str:
    """Day, sitting and place: 261211-0007-003 written without the hyphens."""
    day = timezone.localtime(sitting.opens_at).strftime("%y%m%d")
    return f"{day}{sitting.pk:04d}{sitting.admissions.count() + 1:03d}"
