"""Who was in a session."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.choices import AttendanceState
from training.rules.gate import COUNTS_AS_ATTENDED


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def attended(self) -> "AttendanceQuerySet":
        """Entries that count as being there."""
        return self.filter(state__in=COUNTS_AS_ATTENDED)

    def entered_late(self) -> "AttendanceQuerySet":
        """Entries made or changed after their sheet's deadline, and made-up sessions."""
        return self.exclude(late_reason="")


class Attendance(models.Model):
    """One person in one session. Changes are kept as audit rows.

    `late_reason` is there exactly for a late entry (补签): who and when are `recorded_by` and
    `recorded_at`.
    """

    session = models.ForeignKey(
        "training.ClassSession", on_delete=models.PROTECT, related_name="attendances"
    )
    enrolment = models.ForeignKey(
        "training.Enrolment", on_delete=models.PROTECT, related_name="attendances"
    )
    state = models.CharField(_("state"), max_length=8, choices=AttendanceState.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    late_reason = models.CharField(_("reason for entering it later"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["session", "enrolment"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], name="attendance_once_a_session"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AttendanceState.values),
                name="attendance_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=AttendanceState.MADE_UP) | ~Q(late_reason=""),
                name="attendance_made_up_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.session_id} {self.state}"
