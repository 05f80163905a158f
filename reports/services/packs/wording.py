"""How a pack says states, instants, hours, scores and gaps in words."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.exact import print_score
from kit.hours import class_hours_text
from people.choices import Category
from reports.rules.completeness import Gap
from training.choices import AttendanceState, EnrolmentState
from training.rules.gate import COUNTS_AS_ATTENDED
from training.rules.lateness import LateShare


def moment(text: str) -> str:
    """An instant as people read it: 2026-03-09 09:00."""
    return text[:16].replace("T", " ")


def hours(seconds: int) -> str:
    """Class hours with one place, rounded down."""
    return class_hours_text(seconds)


def score(exact: str, line: str | None = None) -> str:
    """An exact score with two places; never printed as reaching a line that it misses."""
    if not exact:
        return ""
    return print_score(Fraction(exact), line=Fraction(line) if line else None)


def category(code: str) -> str:
    """A trainee category in words."""
    return str(Category(code).label) if code in Category.values else code


def place_state(code: str) -> str:
    """In training, passed, not passed, not completed."""
    return str(EnrolmentState(code).label)


def attendance_state(code: str | None) -> str:
    """A state of the sheet in words; nothing recorded is a state of its own."""
    return str(AttendanceState(code).label) if code else _("no entry")


def attendance_mark(code: str | None) -> str:
    """A state of the sheet in one sign."""
    return {
        "present": "√",
        "late": pgettext("sign on the sheet", "L"),
        "absent": pgettext("sign on the sheet", "A"),
        "leave": pgettext("sign on the sheet", "V"),
        "made_up": pgettext("sign on the sheet", "M"),
    }.get(code or "", "·")


def late_share_text(people: Iterable[Mapping[str, Any]]) -> str:
    """How many of the attended sessions were entered later, in words."""
    entries = [entry for person in people for entry in person["attendance"]]
    attended = [entry for entry in entries if entry["state"] in COUNTS_AS_ATTENDED]
    share = LateShare(sum(bool(entry["late_reason"]) for entry in attended), len(attended))
    return _("%(late)s of %(attended)s attended (%(share)s%%)") % {
        "late": share.late, "attended": share.attended, "share": share.percent_text,
    }  # fmt: skip


def gap_text(gap: Gap) -> str:
    """A gap in words."""
    return {
        "no_exam": _("The programme names no theory exam."),
        "no_scheme": _("The programme has no assessment scheme."),
        "no_tasks": _("The programme has no practical task."),
        "no_trainers": _("The class has no trainer."),
        "not_finished": _("The class is not finished yet."),
        "no_courses": _("The programme has no online course."),
        "no_sessions": _("There is no timetable."),
        "not_taught_yet": _("Sessions that are not over yet: %(count)s"),
        "nobody": _("Nobody is enrolled."),
        "no_identity": _("No ID number on record (people: %(count)s)"),
        "no_sheet": _("Sessions that are over without an attendance sheet: %(count)s"),
        "unrecorded": _("Entries missing on the attendance sheets: %(count)s"),
        "attendance_short": _("Below the required attendance (people: %(count)s)"),
        "hours_short": _("Below the required online hours (people: %(count)s)"),
        "sum_differs": _("The lessons do not add up to the hours (people: %(count)s)"),
        "finding_open": _("Findings in the record of study not judged yet (people: %(count)s)"),
        "no_theory": _("No marked theory exam (people: %(count)s)"),
        "no_task": _("No practical task given (people: %(count)s)"),
        "task_open": _("Tasks not handed in (people: %(count)s)"),
        "task_unmarked": _("Tasks waiting for marks (people: %(count)s)"),
        "process_open": _("Process marks missing (people: %(count)s)"),
        "not_approved": _("No approved result (people: %(count)s)"),
        "no_certificate": _("Passed without a valid certificate (people: %(count)s)"),
        "no_fee": _("No fee recorded (people: %(count)s)"),
        "fee_open": _("Fee not paid in full (people: %(count)s)"),
    }[gap.code] % {"count": gap.count}
