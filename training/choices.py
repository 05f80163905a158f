"""States and kinds of training."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeKind(TextChoices):
    REGULAR = "regular", _("Regular training")
    ENTREPRENEURSHIP = "entrepreneurship", _("Entrepreneurship training")


class ClassState(TextChoices):
    DRAFT = "draft", _("Draft")
    FILED = "filed", _("Filed")
    OPEN = "open", pgettext_lazy("state of a class", "Open")
    FINISHED = "finished", _("Finished")
    CLOSED = "closed", _("Closed")


class EnrolmentState(TextChoices):
    ENROLLED = "enrolled", _("In training")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")
    INCOMPLETE = "incomplete", _("Not completed")


class AttendanceState(TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    ABSENT = "absent", _("Absent")
    LEAVE = "leave", _("On leave")
    MADE_UP = "made_up", _("Made up")


class EvidenceItem(TextChoices):
    PARTICIPATION = "participation", _("Class participation")
    CASE = "case", _("Case analysis")
    DISCUSSION = "discussion", _("Group discussion")
    DRILL = "drill", _("Practical drill")
    SHOWCASE = "showcase", _("Project showcase")


class AnomalyKind(TextChoices):
    """What was found in a record of study."""

    OVERLAP = "overlap", _("Online study during a classroom session")
    UNBROKEN = "unbroken", _("Four hours of study without a pause")
    SEQUENCE = "sequence", _("Two lessons credited for the same time")
    BURST = "burst", _("Many reports within one minute")
    CAP = "cap", _("The daily cap reached again and again")
    FULL_DAY = "full_day", _("More than 8 class hours on one day, online and in class")
    DEVICE = "device", _("One device, several people")
    ADDRESS = "address", _("One network address, five or more people")


class Verdict(TextChoices):
    """What a person makes of a finding."""

    FINE = "fine", pgettext_lazy("verdict", "Nothing wrong")
    TALK = "talk", pgettext_lazy("verdict", "Needs a talk")
    NOT_COUNTED = "not_counted", pgettext_lazy("verdict", "Time not counted")


# A class takes people and hands out admissions in these states.
TAKING_PEOPLE = (ClassState.FILED, ClassState.OPEN)
# Attendance and process marks are written in these.
TEACHING = (ClassState.OPEN, ClassState.FINISHED)
# What a class may become next, and the word for the step.
NEXT_STEPS: dict[str, dict[str, str]] = {
    ClassState.DRAFT: {"file": ClassState.FILED, "open": ClassState.OPEN},
    ClassState.FILED: {"open": ClassState.OPEN},
    ClassState.OPEN: {"finish": ClassState.FINISHED},
    ClassState.FINISHED: {"close": ClassState.CLOSED},
    ClassState.CLOSED: {},
}
