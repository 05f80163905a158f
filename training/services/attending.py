"""Taking attendance, one session at a time."""

from collections.abc import Collection, Container, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from training.choices import TEACHING, AttendanceState, EnrolmentState
from training.errors import Refusal, TrainingError
from training.models import Attendance, ClassSession, Enrolment, TrainingClass
from training.permissions import keeps_attendance
from training.rules.gate import may_become
from training.rules.lateness import is_late_entry
from training.services.admitting import refresh_admissions

LONGEST_REASON = 200


@transaction.atomic
def take_attendance(
    *, session: ClassSession, states: Mapping[int, str], by: Any, at: datetime, reason: str = ""
) -> int:
    """Record the states (enrolment id → state) of one session, all or nothing.

    Returns how many changed. A change is audited with what stood before, and the exam
    admission of everybody changed is looked at again. `reason` is kept with every late entry
    (training/rules/lateness.py) and must be there when one changes.
    Raises TrainingError: not_allowed, not_teaching, not_begun, unknown_place, bad_states,
    reason_needed, reason_too_long.
    """
    # Two people with the same sheet take turns, or both would audit what neither found.
    session = ClassSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    training_class = _class_of(session, by, at)
    places = _places(session, states)
    before = {
        row.enrolment_id: row
        for row in Attendance.objects.filter(session=session, enrolment_id__in=states)
    }
    _refuse(places, states, {pk: row.state for pk, row in before.items()})
    changed = {
        pk: state for pk, state in states.items() if pk not in before or before[pk].state != state
    }
    late = _late(session, changed, at)
    reason = _reason_for(late, reason)
    _write(session, changed, {"recorded_by": by, "recorded_at": at}, late, reason)
    if changed:
        detail: dict[str, Any] = {
            str(pk): [before[pk].state if pk in before else None, state]
            for pk, state in changed.items()
        }
        if late:
            detail |= {"late": sorted(late), "late_reason": reason}
        record(action="training.attendance_taken", at=at, actor=by, obj=session, detail=detail)
        refresh_admissions(training_class=training_class, enrolment_ids=changed, at=at)
    return len(changed)


def _write(
    session: ClassSession,
    changed: Mapping[int, str],
    made: Mapping[str, Any],
    late: Container[int],
    reason: str,
) -> None:
    for pk, state in changed.items():
        fields = {**made, "state": state, "late_reason": reason if pk in late else ""}
        Attendance.objects.update_or_create(session=session, enrolment_id=pk, defaults=fields)


def _late(session: ClassSession, changed: Mapping[int, str], at: datetime) -> set[int]:
    return {
        pk
        for pk, state in changed.items()
        if is_late_entry(state=state, ends_at=session.ends_at, at=at)
    }


def _reason_for(late: Collection[int], reason: str) -> str:
    """The reason as it is kept; refused where a late entry has none."""
    reason = " ".join(reason.split())
    if late and not reason:
        message = _("Say why this is entered later: the reason is missing. Nothing was recorded.")
        raise TrainingError("reason_needed", message)
    if len(reason) > LONGEST_REASON:
        message = _("The reason has %(have)d characters, %(most)d at most. Shorten it.")
        raise TrainingError(
            "reason_too_long", message % {"have": len(reason), "most": LONGEST_REASON}
        )
    return reason


def _class_of(session: ClassSession, by: Any, at: datetime) -> TrainingClass:
    classes = TrainingClass.objects.select_related("sitting", "programme")
    training_class = classes.get(pk=session.training_class_id)
    if not keeps_attendance(by, training_class):
        raise TrainingError(
            "not_allowed", _("Only the trainers of this class and HR take attendance.")
        )
    if training_class.state not in TEACHING:
        raise TrainingError("not_teaching", _("This class is not being taught."))
    if at < session.starts_at:
        raise TrainingError("not_begun", _("This session has not begun yet."))
    return training_class


def _places(session: ClassSession, states: Mapping[int, str]) -> dict[int, Enrolment]:
    places = {
        place.pk: place
        for place in Enrolment.objects.select_related("person").filter(
            training_class=session.training_class_id, pk__in=states
        )
    }
    if len(places) < len(states):
        raise TrainingError("unknown_place", _("Somebody on the list is not in this class."))
    return places


def _refuse(
    places: Mapping[int, Enrolment], states: Mapping[int, str], before: Mapping[int, str]
) -> None:
    refusals = []
    for pk, state in states.items():
        person = places[pk].person
        if state not in AttendanceState.values:
            refusals.append(Refusal(person, "unknown_state", _("Unknown state of attendance.")))
        elif state == before.get(pk):
            continue
        elif places[pk].state != EnrolmentState.ENROLLED:
            refusals.append(Refusal(person, "result_is_final", _("The result is final.")))
        elif not may_become(before.get(pk), state):
            message = _("Only a missed session can be made up.")
            refusals.append(Refusal(person, "nothing_to_make_up", message))
    if refusals:
        raise TrainingError("bad_states", _("Nothing was recorded."), refusals)
