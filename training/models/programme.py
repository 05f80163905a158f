"""What is offered: the courses, the exam, the scheme and the price."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.choices import ProgrammeKind
from training.rules.timetable import Activity, PlannedSession, activities_of, sessions_of


class Programme(models.Model):
    """A training programme. Classes copy its demands and timetable when they are made."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ProgrammeKind.choices, default=ProgrammeKind.REGULAR
    )
    issuer = models.CharField(_("training body"), max_length=120, blank=True)
    list_price_fen = models.PositiveBigIntegerField(_("list price in fen"))
    required_online_seconds = models.PositiveIntegerField(_("required online seconds"))
    required_attendance_percent = models.PositiveSmallIntegerField(
        _("required attendance in percent"), default=80
    )
    courses = models.ManyToManyField("courses.CoursePage", verbose_name=_("courses"), blank=True)
    exam = models.ForeignKey(
        "exams.Exam",
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name=_("theory exam"),
        null=True,
        blank=True,
    )
    assessment_scheme = models.ForeignKey(
        "exams.AssessmentScheme",
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name=_("assessment scheme"),
        null=True,
        blank=True,
    )
    practical_tasks = models.ManyToManyField(
        "exams.PracticalTask", verbose_name=_("practical tasks"), blank=True
    )
    timetable = models.JSONField(_("timetable"), default=list, blank=True)
    activities = models.JSONField(_("scored activities"), default=list, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(required_attendance_percent__lte=100),
                name="programme_attendance_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def planned_sessions(self) -> list[PlannedSession]:
        """The timetable as values; days count from 1."""
        return sessions_of(self.timetable)

    def planned_activities(self) -> list[Activity]:
        """The scored activities as values."""
        return activities_of(self.activities)
