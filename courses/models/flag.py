"""Questions to look at again, because a figure of their lesson was changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import FlagVerdict
from courses.models.version import LessonVersion, VersionLesson
from people.roles import AUDITOR, AUTHOR, has_role


class QuestionFlagQuerySet(models.QuerySet["QuestionFlag"]):
    def visible_to(self, user: Any) -> "QuestionFlagQuerySet":
        """All of them for question authors and auditors, none for others."""
        return self if has_role(user, AUTHOR, AUDITOR) else self.none()

    def open(self) -> "QuestionFlagQuerySet":
        """Those that nobody has decided."""
        return self.filter(verdict="")


class QuestionFlag(models.Model):
    """One published question and one publishing that changed figures of its lesson.

    `place` leads to the lesson as it reads now, `before` is what it said until then; `gone` and
    `come` hold the figures as they were written. `wording` is what was being asked that day.
    """

    question = models.ForeignKey(
        "exams.Question", on_delete=models.PROTECT, related_name="figure_flags"
    )
    wording = models.ForeignKey(
        "exams.QuestionVersion", on_delete=models.PROTECT, related_name="figure_flags"
    )
    place = models.ForeignKey(VersionLesson, on_delete=models.PROTECT, related_name="flags")
    before = models.ForeignKey(LessonVersion, on_delete=models.PROTECT, related_name="+")
    gone = models.JSONField(_("figures taken out"), default=list)
    come = models.JSONField(_("figures put in"), default=list)
    names_figure = models.BooleanField(_("names a figure that was taken out"), default=False)
    flagged_at = models.DateTimeField(_("flagged at"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=FlagVerdict, blank=True)
    note = models.TextField(_("reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = QuestionFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flagged question")
        verbose_name_plural = _("flagged questions")
        ordering = ["-flagged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "place"], name="questionflag_once_a_publishing"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", note="", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(verdict__in=FlagVerdict.values)
                    & ~Q(note="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="questionflag_is_decided_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["question"], name="questionflag_open", condition=Q(verdict=""))
        ]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.place_id}"
