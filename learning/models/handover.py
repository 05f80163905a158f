"""A short code that brings a lesson from the phone to a computer. It signs nobody in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Handover(models.Model):
    """One code of one person for one lesson. Only its keyed hash is kept; it works once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handovers"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.CASCADE, related_name="handovers"
    )
    code_hash = models.CharField(_("hash of the code"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(pgettext_lazy("code", "expires at"))
    used_at = models.DateTimeField(pgettext_lazy("code", "used at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(pgettext_lazy("code", "replaced at"), null=True, blank=True)

    class Meta:
        verbose_name = _("code for a computer")
        verbose_name_plural = _("codes for a computer")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="handover_expires_after_it_is_made",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="handover_one_open_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.made_at:%Y-%m-%d %H:%M}"
