"""Words for study time and hand-ins."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyKind(models.TextChoices):
    """What the seconds were spent on."""

    READING = "reading", _("Reading")
    DRILL = "drill", _("Drill")
    CASE = "case", _("Case")
    CHECK = "check", _("Quick check")


class HandInKind(models.TextChoices):
    DRILL = "drill", _("Drill")
    CASE = "case", _("Case")


class EndReason(models.TextChoices):
    """Why a study session ended."""

    NEWER = "newer", _("Another page was opened")
    REVOKED = "revoked", _("The grant was revoked")
