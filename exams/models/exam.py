"""The definition of an exam."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Exam(models.Model):
    """What an exam asks for: a blueprint of counts and marks per type, and how long it takes."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    duration_minutes = models.PositiveIntegerField(_("duration in minutes"), default=90)
    blueprint = models.JSONField(
        _("blueprint"),
        default=list,
        help_text=_('A list of parts: {"type": "single", "count": 14, "mark": "2"}'),
    )
    instructions = models.TextField(_("instructions"), blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=1), name="exam_duration_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"
