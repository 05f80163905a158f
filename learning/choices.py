"""Words for study time and hand-ins."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class EventKind(models.TextChoices):
    """What was noted of a study session. Those up to RETURN are sent by the page."""

    BEAT = "beat", pgettext_lazy("study event", "Studying")
    HIDDEN = "hidden", pgettext_lazy("study event", "Page put out of view")
    SHOWN = "shown", pgettext_lazy("study event", "Page back in view")
    IDLE = "idle", pgettext_lazy("study event", "No sign of the person")
    BACK = "back", pgettext_lazy("study event", "Went on after a pause")
    ASKED = "asked", pgettext_lazy("study event", "Asked: still studying?")
    ANSWERED = "answered", pgettext_lazy("study event", "Answered: still studying")
    LEFT = "left", pgettext_lazy("study event", "Page left")
    RETURN = "return", pgettext_lazy("study event", "Connection was back")
    START = "start", pgettext_lazy("study event", "Lesson opened")
    BY_HAND = "by_hand", pgettext_lazy("study event", "“I am studying” pressed")
    HAND_IN = "hand_in", pgettext_lazy("study event", "Work handed in")
    ENDED = "ended", pgettext_lazy("study event", "Session ended")


class NoCredit(models.TextChoices):
    """Why an event credited nothing, or ended a session."""

    GAP = "gap", pgettext_lazy("no credit", "More than 60 seconds without a sign")
    HIDDEN = "hidden", pgettext_lazy("no credit", "The page was not in view")
    IDLE = "idle", pgettext_lazy("no credit", "Nobody answered “still studying?”")
    LEFT = "left", pgettext_lazy("no credit", "The page had been left")
    AWAY = "away", pgettext_lazy("no credit", "Time away does not count")
    SHORT = "short", pgettext_lazy("no credit", "Less than one second")
    FULL = "full", pgettext_lazy("no credit", "The lesson has all its time")
    CAPPED = "capped", pgettext_lazy("no credit", "Eight class hours on this day")
    OVER = "over", pgettext_lazy("no credit", "The session had ended")
    NEWER = "newer", _("Another page was opened")
    REVOKED = "revoked", _("The grant was revoked")


class PartKind(models.TextChoices):
    """What a part of a lesson page is; a heading has a title of its own."""

    HEADING = "heading", _("Heading")
    EXAMPLE = "example", _("Worked example")
    DRILL = "drill", _("Drill")
    CASE = "case", _("Case")
    CHECKS = "checks", _("Quick checks")
