"""Who may study which course, and why."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CourseGrantQuerySet(models.QuerySet["CourseGrant"]):
    def standing(self) -> "CourseGrantQuerySet":
        """Grants that have not been revoked."""
        return self.filter(revoked_at=None)

    def unsettled(self) -> "CourseGrantQuerySet":
        """Standing grants whose source still waits for study time."""
        return self.standing().filter(settled_at=None)

    def of(self, person: Any) -> "CourseGrantQuerySet":
        """The grants of one person."""
        return self.filter(person=person)


class CourseGrant(models.Model):
    """Opens one course to one person; `source` names what gave it ("training.enrolment:7").

    With a `course_version` the person reads the course as it was then, else as it is published.
    `settled_at` says since when its source asks for no more study (the class has its result): the
    course stays open, its plan is no longer one to be reached.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="course_grants"
    )
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="grants"
    )
    course_version = models.ForeignKey(
        "courses.CourseVersion",
        on_delete=models.PROTECT,
        related_name="grants",
        verbose_name=_("course version"),
        null=True,
        blank=True,
    )
    source = models.CharField(_("source"), max_length=80)
    granted_at = models.DateTimeField(_("granted at"))
    revoked_at = models.DateTimeField(pgettext_lazy("grant", "revoked at"), null=True, blank=True)
    settled_at = models.DateTimeField(pgettext_lazy("grant", "settled at"), null=True, blank=True)

    objects = CourseGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("course grant")
        verbose_name_plural = _("course grants")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "source"],
                condition=Q(revoked_at=None),
                name="coursegrant_stands_once_by_source",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=models.F("granted_at")),
                name="coursegrant_is_revoked_after_grant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id} {self.source}"
