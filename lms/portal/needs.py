"""What a person still lacks for the certificate, in words: one line for each demand."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from certificates.queries import valid_certificate
from exams.choices import AssessmentState, SubmissionState
from exams.models import Assessment, Attempt, Submission, TaskAssignment
from kit.exact import print_score
from kit.hours import class_hours_text, missing_hours_text
from training.choices import EvidenceItem
from training.models import Enrolment
from training.queries import whats_missing
from training.rules.gate import Gate


@dataclass(frozen=True)
class Need:
    """One demand: `state` is met, now, open or failed; the reason stands under the name."""

    icon: str
    state: str
    what: str
    why: str

    @property
    def mark(self) -> str:
        return {"met": "mark-good", "now": "mark-now", "failed": "mark-bad"}.get(self.state, "")

    @property
    def tag(self) -> str:
        return {"met": "tag-good", "now": "tag-now", "failed": "tag-bad"}.get(self.state, "")

    @property
    def word(self) -> str:
        words = {"met": _("Met"), "now": _("Under way"), "failed": _("Not met")}
        return words.get(self.state, pgettext("demand", "Not begun"))


@dataclass(frozen=True)
class Road:
    """The way to the certificate of one enrolment."""

    enrolment: Enrolment
    gate: Gate
    needs: list[Need]

    @property
    def met(self) -> int:
        return sum(need.state == "met" for need in self.needs)


def road_to_certificate(enrolment: Enrolment, at: datetime) -> Road:
    """Every demand between this enrolment and its certificate, in the order they come."""
    gate = whats_missing(enrolment, at).gate
    assessment = Assessment.objects.filter(
        context=enrolment.context, person=enrolment.person_id
    ).first()
    needs = [_hours(gate), _attendance(gate), _theory(enrolment, assessment)]
    needs += [_practical(enrolment, assessment), _process(enrolment, assessment)]
    needs += [_total(assessment), _approval(assessment), _certificate(enrolment)]
    return Road(enrolment, gate, needs)


def day_text(day: Any) -> str:
    """A day as people say it: 11 月 26 日 or Nov. 26."""
    return date_format(day, "MONTH_DAY_FORMAT")


def time_text(instant: datetime) -> str:
    """A day and a time on the wall clock."""
    local = timezone.localtime(instant)
    return f"{day_text(local)} {local:%H:%M}"


def _hours(gate: Gate) -> Need:
    need, got = gate.required_online_seconds, gate.online_seconds
    what = _("%(hours)s class hours online") % {"hours": class_hours_text(need).removesuffix(".0")}
    if gate.hours_met:
        credited = _("%(hours)s credited") % {"hours": class_hours_text(got)}
        return Need("check", "met", what, credited)
    why = _("%(got)s credited, %(left)s still missing") % {
        "got": class_hours_text(got),
        "left": missing_hours_text(gate.missing_seconds),
    }
    return Need("play", "now" if got else "open", what, why)


def _attendance(gate: Gate) -> Need:
    so_far = gate.attendance
    what = _("%(percent)s%% attendance in class") % {"percent": gate.required_attendance_percent}
    if not so_far.ended:
        return Need("people", "open", what, _("No session has been held yet"))
    why = ngettext(
        "%(attended)s of %(ended)s session attended",
        "%(attended)s of %(ended)s sessions attended",
        so_far.ended,
    ) % {"attended": so_far.attended, "ended": so_far.ended}
    if gate.attendance_met:
        return Need("check", "met", what, why)
    more = ngettext(
        "%(count)s session to make up", "%(count)s sessions to make up", gate.missing_sessions
    ) % {"count": gate.missing_sessions}
    both = _("%(so_far)s; %(more)s") % {"so_far": why, "more": more}
    return Need("people", "now", what, both)


def _line(assessment: Assessment | None, part: str) -> str:
    floor = assessment.rules.floors.get(part) if assessment else Fraction(60)
    return "" if floor is None else print_score(floor, line=None).removesuffix(".00")


def _decided(icon: str, what: str, score: Fraction | None, floor: Fraction | None) -> Need:
    if score is None:
        return Need(icon, "failed", what, _("No score"))
    met = floor is None or score >= floor
    why = _("Score %(score)s") % {"score": print_score(score, line=floor)}
    return Need("check" if met else "cross", "met" if met else "failed", what, why)


def _theory(enrolment: Enrolment, assessment: Assessment | None) -> Need:
    what = _("Theory exam, at least %(line)s points") % {"line": _line(assessment, "theory")}
    if assessment and assessment.state == AssessmentState.APPROVED:
        return _decided("pen", what, assessment.theory, assessment.rules.floors.get("theory"))
    sitting = enrolment.training_class.sitting_id
    gone = Attempt.objects.filter(
        candidate=enrolment.person_id, sitting=sitting, submitted_at__isnull=False
    ).exists()
    if sitting and gone:
        return Need("pen", "now", what, _("Handed in; the score comes with the approved result"))
    opens_at = enrolment.training_class.exam_opens_at
    why = _("From %(time)s") % {"time": time_text(opens_at)} if opens_at else _("No date set yet")
    return Need("pen", "open", what, why)


def _practical(enrolment: Enrolment, assessment: Assessment | None) -> Need:
    what = _("Practical work, at least %(line)s points") % {"line": _line(assessment, "practical")}
    if assessment and assessment.state == AssessmentState.APPROVED:
        return _decided(
            "target", what, assessment.practical, assessment.rules.floors.get("practical")
        )
    tasks = TaskAssignment.objects.filter(person=enrolment.person_id, context=enrolment.context)
    total = tasks.count()
    if not total:
        return Need("target", "open", what, _("No task set yet"))
    done = (
        Submission.objects.filter(
            assignment__in=tasks.values("pk"),
            state__in=[SubmissionState.HANDED_IN, SubmissionState.MARKED],
        )
        .values("assignment")
        .distinct()
        .count()
    )
    why = ngettext(
        "%(done)s of %(total)s task handed in", "%(done)s of %(total)s tasks handed in", total
    ) % {"done": done, "total": total}
    return Need("target", "now" if done else "open", what, why)


def _process(enrolment: Enrolment, assessment: Assessment | None) -> Need:
    """Marks of class work as far as the trainers have recorded them; a part without a line."""
    what = _("Class work, marked by the trainers")
    if assessment and assessment.state == AssessmentState.APPROVED:
        return _decided("people", what, assessment.process, assessment.rules.floors.get("process"))
    activities = enrolment.training_class.planned_activities()
    planned = sum(each.item != EvidenceItem.SHOWCASE for each in activities)  # that is practical
    if not planned:
        return Need("people", "open", what, _("No activities planned yet"))
    marked = enrolment.evidence.standing().exclude(item=EvidenceItem.SHOWCASE).count()
    why = ngettext(
        "%(marked)s of %(planned)s activity marked",
        "%(marked)s of %(planned)s activities marked",
        planned,
    ) % {"marked": marked, "planned": planned}
    if marked >= planned:
        return Need("check", "met", what, why)
    return Need("people", "now" if marked else "open", what, why)


def _total(assessment: Assessment | None) -> Need:
    what = _("Weighted total, at least %(line)s points") % {"line": _line(assessment, "total")}
    if assessment and assessment.state == AssessmentState.APPROVED:
        return _decided("note", what, assessment.total, assessment.rules.floors.get("total"))
    if assessment and assessment.state == AssessmentState.SUBMITTED:
        return Need("note", "now", what, _("All parts are in; waiting for approval"))
    return Need("note", "open", what, _("Theory, practical work and class work together"))


def _approval(assessment: Assessment | None) -> Need:
    what = _("Result approved")
    state = assessment.state if assessment else ""
    if state == AssessmentState.APPROVED:
        return Need("check", "met", what, _("The result is final"))
    if state == AssessmentState.SUBMITTED:
        return Need("shield", "now", what, _("Handed to the approver"))
    if state == AssessmentState.READY:
        return Need("shield", "now", what, _("All parts are in; the exam office submits it"))
    if state == AssessmentState.RETURNED:
        return Need("shield", "now", what, _("Returned to the exam office, which looks again"))
    return Need("shield", "open", what, _("Once all parts are in"))


def _certificate(enrolment: Enrolment) -> Need:
    held = valid_certificate(enrolment)
    if held is None:
        return Need("cert", "open", _("Certificate"), _("Issued once the result is approved"))
    why = _("No. %(number)s") % {"number": held.number}
    return Need("check", "met", _("Certificate"), why)
