"""Making a class from a programme, and its way from draft to closed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from exams.services import schedule_sitting
from learning.services import settle_grants
from people.roles import TRAINER, has_role
from training.choices import NEXT_STEPS, EnrolmentState
from training.errors import TrainingError
from training.models import ClassSession, ProcessEvidence, Programme, TrainingClass
from training.permissions import runs_classes
from training.rules.timetable import (
    PlannedSession,
    TimetableError,
    falls_at,
    last_day,
    theory_window,
)
from training.services.versions import pin_versions


@transaction.atomic
def create_class(
    *,
    programme: Programme,
    code: str,
    name: str,
    opens_on: date,
    trainers: Iterable[Any],
    capacity: int,
    by: Any,
    at: datetime,
    exam_opens_at: datetime | None = None,
    exam_closes_at: datetime | None = None,
) -> TrainingClass:
    """A draft class with the programme's timetable laid over its days.

    Without its own window the theory exam falls on the exam session of the timetable.
    Raises TrainingError: not_allowed, code_taken, not_a_trainer, bad_timetable, no_exam_window,
    bad_exam_window.
    """
    people = list(trainers)
    _check_new(by=by, code=code, trainers=people)
    sessions = _planned(programme)
    window = _exam_window(opens_on, sessions, exam_opens_at, exam_closes_at)
    training_class = TrainingClass.objects.create(
        programme=programme,
        code=code,
        name=name,
        opens_on=opens_on,
        closes_on=last_day(opens_on, sessions),
        capacity=capacity,
        created_at=at,
        **_demands(programme),
        **dict(zip(("exam_opens_at", "exam_closes_at"), window, strict=True)),
    )
    training_class.trainers.set(people)
    ClassSession.objects.bulk_create(
        _session(training_class, opens_on, planned) for planned in sessions
    )
    record(action="training.class_created", at=at, actor=by, obj=training_class)
    return training_class


def _demands(programme: Programme) -> dict[str, Any]:
    """What a class copies from its programme, so that later edits do not reach it."""
    return {
        "required_online_seconds": programme.required_online_seconds,
        "required_attendance_percent": programme.required_attendance_percent,
        "activities": programme.activities,
    }


def _check_new(*, by: Any, code: str, trainers: list[Any]) -> None:
    if not runs_classes(by):
        raise TrainingError("not_allowed", _("Only HR makes classes."))
    if TrainingClass.objects.filter(code=code).exists():
        raise TrainingError("code_taken", _("There is a class %(code)s already.") % {"code": code})
    for person in trainers:
        if not has_role(person, TRAINER):
            raise TrainingError(
                "not_a_trainer", _("%(name)s is not a trainer.") % {"name": person.name}
            )


def _planned(programme: Programme) -> list[PlannedSession]:
    try:
        programme.planned_activities()
        return programme.planned_sessions()
    except TimetableError as error:
        message = _("The programme's timetable cannot be read: %(place)s") % {"place": error}
        raise TrainingError("bad_timetable", message) from error


def _exam_window(
    opens_on: date,
    sessions: list[PlannedSession],
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    planned = theory_window(first_day=opens_on, sessions=sessions, zone=zone) or (None, None)
    first, last = opens_at or planned[0], closes_at or planned[1]
    if first is None or last is None:
        raise TrainingError(
            "no_exam_window",
            _("The timetable has no theory exam: say when the exam opens and closes."),
        )
    if last <= first:
        raise TrainingError("bad_exam_window", _("The theory exam must close after it opens."))
    return first, last


def _session(training_class: TrainingClass, first: date, planned: PlannedSession) -> ClassSession:
    zone = timezone.get_default_timezone()
    return ClassSession(
        training_class=training_class,
        day=planned.day,
        number=planned.number,
        starts_at=falls_at(first_day=first, day=planned.day, clock=planned.start, zone=zone),
        ends_at=falls_at(first_day=first, day=planned.day, clock=planned.end, zone=zone),
        title=planned.title,
        theme=planned.theme,
        mode=planned.mode,
        room=planned.room,
        seconds=planned.seconds,
        activity_codes=list(planned.activities),
    )


def open_class(*, training_class: TrainingClass, by: Any, at: datetime) -> TrainingClass:
    """Open a draft or filed class: attendance, marks and enrolment begin."""
    return advance_class(training_class=training_class, step="open", by=by, at=at)


def finish_class(*, training_class: TrainingClass, by: Any, at: datetime) -> TrainingClass:
    """Teaching is over; results may still come. Refused while a process mark is missing."""
    return advance_class(training_class=training_class, step="finish", by=by, at=at)


@transaction.atomic
def advance_class(
    *, training_class: TrainingClass, step: str, by: Any, at: datetime
) -> TrainingClass:
    """Take one step: file, open, finish or close. Returns the class as it is now.

    Filing or opening makes the theory sitting; closing marks those without a result as not
    completed. Raises TrainingError: not_allowed, wrong_step, programme_incomplete, no_trainer,
    course_offline, marks_missing.
    """
    if not runs_classes(by):
        raise TrainingError("not_allowed", _("Only HR moves a class on."))
    now = TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class.pk)
    target = NEXT_STEPS[now.state].get(step)
    if target is None:
        message = _("A class that is %(state)s cannot take this step.")
        raise TrainingError("wrong_step", message % {"state": now.get_state_display()})
    if step in ("file", "open"):
        _make_ready(now, by=by, at=at)
    elif step == "finish":
        _refuse_missing_marks(now)
        now.finished_at = at
    else:
        now.enrolments.in_training().update(state=EnrolmentState.INCOMPLETE)
        settle_grants(sources=[place.context for place in now.enrolments.all()], at=at)
    before, now.state = now.state, target
    now.save()
    detail = {"from": before, "to": target}
    record(action=f"training.class_{target}", at=at, actor=by, obj=now, detail=detail)
    return now


def _make_ready(training_class: TrainingClass, *, by: Any, at: datetime) -> None:
    programme = training_class.programme
    scheme = programme.assessment_scheme
    if programme.exam is None or scheme is None or scheme.published_at is None:
        raise TrainingError(
            "programme_incomplete",
            _("The programme needs a theory exam and a published assessment scheme first."),
        )
    if not training_class.trainers.exists():
        raise TrainingError("no_trainer", _("Name at least one trainer first."))
    pin_versions(training_class=training_class, at=at)
    if training_class.sitting is None:
        training_class.sitting = schedule_sitting(
            exam=programme.exam,
            title=f"{training_class.name} · {programme.exam.title}",
            opens_at=training_class.exam_opens_at,
            closes_at=training_class.exam_closes_at,
            room=_exam_room(training_class),
            context=f"training.trainingclass:{training_class.pk}",
            by=by,
            at=at,
        )


def _exam_room(training_class: TrainingClass) -> str:
    session = training_class.sessions.filter(starts_at=training_class.exam_opens_at).first()
    return session.room if session else ""


def _refuse_missing_marks(training_class: TrainingClass) -> None:
    places = training_class.enrolments.filter(state=EnrolmentState.ENROLLED)
    wanted = len(training_class.activities) * places.count()
    have = ProcessEvidence.objects.standing().filter(enrolment__in=places).count()
    if have < wanted:
        message = _("%(count)s process marks are still missing.") % {"count": wanted - have}
        raise TrainingError("marks_missing", message)
