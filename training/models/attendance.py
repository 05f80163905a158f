"""Who was in a session."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from training.choices import AttendanceState


class Attendance(models.Model):
    """One person in one session. Changes are kept as audit rows."""

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

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["session", "enrolment"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], name="attendance_once_a_session"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AttendanceState.values),
                name="attendance_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.session_id} {self.state}"
