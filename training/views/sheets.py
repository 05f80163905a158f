"""The session sheet: attendance and, for one activity, process marks, in one post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.permissions import role_required
from people.roles import TRAINER
from training.choices import AttendanceState
from training.errors import TrainingError
from training.forms import points_in
from training.models import Attendance, ClassSession, Enrolment, ProcessEvidence, TrainingClass
from training.queries import late_share
from training.rules.lateness import sheet_deadline
from training.rules.timetable import Activity
from training.services import Mark, record_process_marks, take_attendance
from training.views.rows import days_of, earned_points
from training.views.teaching import taught_or_404

ABSENT = (AttendanceState.ABSENT, AttendanceState.LEAVE)


@dataclass
class SheetRow:
    """One person on the sheet: what stands, or what was just typed and refused."""

    enrolment: Enrolment
    attendance: str
    level: str
    points: str
    note: str
    earned: Decimal | None
    marked_max: Decimal | None
    standing: ProcessEvidence | None
    entry: Attendance | None = None
    error: str = ""


@role_required(TRAINER)
def session_sheet(request: HttpRequest, pk: int, session_pk: int) -> HttpResponse:
    """Show and save the sheet; what is refused keeps what was typed."""
    at = timezone.now()
    training_class = taught_or_404(request, pk)
    session = get_object_or_404(training_class.sessions, pk=session_pk)
    session.training_class = training_class
    activity = _activity(request, training_class, session)
    rows = _rows(training_class, session, activity)
    if request.method == "POST":
        _type_in(request, rows, activity)
        if _save(request, session, activity, rows, at):
            query = f"?activity={activity.code}" if activity else ""
            return redirect(request.path + query)
    context = _context(training_class, session, activity, rows, at)
    context["late_reason"] = request.POST.get("late_reason", "")
    return render(request, "training/session_sheet.html", context)


def _activity(
    request: HttpRequest, training_class: TrainingClass, session: ClassSession
) -> Activity | None:
    planned = _activities(training_class, session)
    wanted = request.POST.get("activity") or request.GET.get("activity")
    if wanted is None:
        return planned[0] if planned else None
    for activity in planned:
        if activity.code == wanted:
            return activity
    raise Http404


def _activities(training_class: TrainingClass, session: ClassSession) -> list[Activity]:
    """The activities of the session; those that no session names belong to the last one."""
    planned = training_class.planned_activities()
    named = set(session.activity_codes)
    last = training_class.sessions.order_by("-starts_at").first()
    if last is not None and last.pk == session.pk:
        placed = {
            code
            for codes in training_class.sessions.values_list("activity_codes", flat=True)
            for code in codes
        }
        named |= {activity.code for activity in planned} - placed
    return [activity for activity in planned if activity.code in named]


def _rows(
    training_class: TrainingClass, session: ClassSession, activity: Activity | None
) -> list[SheetRow]:
    entries = {row.enrolment_id: row for row in session.attendances.select_related("recorded_by")}
    places = list(training_class.enrolments.select_related("person").order_by("person__number"))
    earned = earned_points(places)
    standing = _standing(training_class, activity)
    return [
        SheetRow(
            enrolment=place,
            attendance=entry.state if entry else "",
            level=mark.level if mark else "",
            points=str(mark.points) if mark else "",
            note=mark.note if mark else "",
            earned=earned.get(place.pk, (None, None))[0],
            marked_max=earned.get(place.pk, (None, None))[1],
            standing=mark,
            entry=entry,
        )
        for place in places
        for mark, entry in [(standing.get(place.pk), entries.get(place.pk))]
    ]


def _standing(
    training_class: TrainingClass, activity: Activity | None
) -> dict[int, ProcessEvidence]:
    if activity is None:
        return {}
    rows = ProcessEvidence.objects.standing().filter(
        enrolment__training_class=training_class, activity_code=activity.code
    )
    return {row.enrolment_id: row for row in rows}


def _type_in(request: HttpRequest, rows: list[SheetRow], activity: Activity | None) -> None:
    """Overlay what was typed. `fill_*` answers for everybody who has nothing yet."""
    post = request.POST
    for row in rows:
        pk = row.enrolment.pk
        row.attendance = post.get(f"a{pk}", row.attendance) or post.get("fill_attendance", "")
        if activity is not None:
            fill = "" if row.attendance in ABSENT else post.get("fill_level", "")
            row.points = post.get(f"p{pk}", row.points).strip()
            row.level = post.get(f"l{pk}", row.level) or ("" if row.points else fill)
            row.note = post.get(f"n{pk}", row.note).replace("\x00", "").strip()


def _save(
    request: HttpRequest,
    session: ClassSession,
    activity: Activity | None,
    rows: list[SheetRow],
    at: datetime,
) -> bool:
    marks = _marks(rows, activity)
    if marks is None:
        messages.error(request, _("Nothing was recorded. See the lines marked below."))
        return False
    try:
        reason = request.POST.get("late_reason", "").replace("\x00", "")
        _write(session, activity, rows, marks, by=request.user, at=at, reason=reason)
    except TrainingError as error:
        faults = {refusal.person.pk: refusal.message for refusal in error.refusals}
        for row in rows:
            row.error = faults.get(row.enrolment.person_id, "")
        messages.error(request, error.message)
        return False
    clock = timezone.localtime(at).strftime("%H:%M:%S")
    messages.success(request, _("Saved at %(clock)s.") % {"clock": clock})
    return True


@transaction.atomic
def _write(
    session: ClassSession,
    activity: Activity | None,
    rows: list[SheetRow],
    marks: list[Mark],
    *,
    by: Any,
    at: datetime,
    reason: str,
) -> None:
    """Attendance and marks together or neither: one sheet, one answer."""
    states = {row.enrolment.pk: row.attendance for row in rows if row.attendance}
    take_attendance(session=session, states=states, by=by, at=at, reason=reason)
    if activity is not None and marks:
        record_process_marks(
            training_class=session.training_class,
            activity_code=activity.code,
            marks=marks,
            by=by,
            at=at,
        )


def _marks(rows: list[SheetRow], activity: Activity | None) -> list[Mark] | None:
    """The marks typed; None when a number cannot be read (its row then says so)."""
    if activity is None:
        return []
    levels = {level.name: level.points for level in activity.levels}
    marks, readable = [], True
    for row in rows:
        try:
            mark = _mark(row, levels)
        except ValueError:
            row.error, readable = _("Points are a number such as 2.50."), False
        else:
            marks += [mark] if mark else []
    return marks if readable else None


def _mark(row: SheetRow, levels: Mapping[str, Fraction]) -> Mark | None:
    """Points typed by hand win over the level; untouched points leave the level's."""
    shown = str(row.standing.points) if row.standing else ""
    if row.points != shown or row.level not in levels:
        points = points_in(row.points)
        return None if points is None else Mark(row.enrolment, points, row.note)
    exact = levels[row.level]
    points = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"))
    return Mark(row.enrolment, points, row.note, row.level)


def _context(
    training_class: TrainingClass,
    session: ClassSession,
    activity: Activity | None,
    rows: list[SheetRow],
    at: datetime,
) -> dict[str, Any]:
    sessions = list(training_class.sessions.all())
    days = days_of(sessions, timezone.localdate(at))
    return {
        "training_class": training_class,
        "session": session,
        "day": next(day for day in days if day.number == session.day),
        "days": days,
        "activity": activity,
        "activities": _activities(training_class, session),
        "rows": rows,
        "states": AttendanceState.choices,
        "tallies": [
            (state, label, sum(row.attendance == state for row in rows))
            for state, label in AttendanceState.choices
        ],
        "unrecorded": sum(not row.attendance for row in rows),
        "marked": sum(row.standing is not None for row in rows),
        "begun": session.starts_at <= at,
        "is_late": at >= sheet_deadline(session.ends_at),
        "deadline": sheet_deadline(session.ends_at),
        "late_share": late_share(training_class),
        "at": at,
        "back": reverse("training:teaching_class_detail", args=[training_class.pk]),
    }
