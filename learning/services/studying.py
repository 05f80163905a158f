"""Study sessions and beats.

Every write for one person happens under a lock on that person's account row, so two tabs,
two devices or a doubled request never credit the same second twice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from courses.models import LessonPage
from kit.refusing import Refused
from learning.choices import EndReason, EventKind, NoCredit, StudyKind
from learning.models import LedgerEntry, LessonProgress, StudyEvent, StudySession
from learning.permissions import holds_grant_for
from learning.rules import crediting
from learning.services.seen import NOWHERE, Seen
from learning.signals import seconds_credited

REASONS = {
    "full": NoCredit.FULL,
    "paused": NoCredit.GAP,
    "capped": NoCredit.CAPPED,
    "on": NoCredit.SHORT,
}


@dataclass(frozen=True)
class BeatResult:
    """What a beat did. `state`: on, paused (the gap was too long), full (the lesson has all
    its seconds), capped (six hours today) or ended (another page took over).
    """

    state: str
    credited: int
    lesson_seconds: int
    planned_seconds: int
    completed: bool


def start_study(
    *, person: Any, lesson: LessonPage, at: datetime, seen: Seen = NOWHERE
) -> StudySession:
    """Begin to study a lesson here; whatever the person had open elsewhere ends."""
    with transaction.atomic():
        lock_person(person)
        if not holds_grant_for(person, lesson):
            raise Refused("no_grant", _("This course is not open to you."))
        sessions = StudySession.objects.filter(person=person)
        last = sessions.aggregate(last=Max("last_beat_at"))["last"]
        # A request that waited for the lock may carry an older `at`: no second counts twice.
        at = max(at, last) if last else at
        for open_session in sessions.filter(ended_at=None):
            end_session(open_session, reason=EndReason.NEWER, at=at)
        session = StudySession.objects.create(
            person=person, lesson=lesson, started_at=at, last_beat_at=at, input_at=at
        )
        note(session, kind=EventKind.START, at=at, seen=seen)
    return session


def note(session: StudySession, *, kind: str, at: datetime, **fields: Any) -> StudyEvent:
    """Write down one event of a session; `fields` are those of the event, and `seen`."""
    seen: Seen = fields.pop("seen", NOWHERE)
    return StudyEvent.objects.create(
        session=session, person_id=session.person_id, kind=kind, at=at, **vars(seen), **fields
    )


def end_session(session: StudySession, *, reason: str, at: datetime) -> None:
    """End an open session; the caller holds the person's lock."""
    session.ended_at, session.end_reason = at, reason
    session.save(update_fields=["ended_at", "end_reason"])
    note(session, kind=EventKind.ENDED, at=at, reason=reason)


def beat(
    *, session_id: int, person: Any, at: datetime, kind: str = StudyKind.READING
) -> BeatResult:
    """Credit the time since this session's last beat. The client's clock plays no part."""
    with transaction.atomic():
        lock_person(person)
        session = (
            StudySession.objects.select_related("lesson")
            .filter(pk=session_id, person=person)
            .first()
        )
        if session is None:
            raise Refused("no_session", _("This page is not counting your time."))
        return credit_session(session, person=person, at=at, kind=kind)


def resume_study(*, session_id: int, person: Any, at: datetime) -> None:
    """The person is back after a pause: the time since the last beat was not study."""
    with transaction.atomic():
        lock_person(person)
        session = StudySession.objects.filter(
            pk=session_id, person=person, ended_at=None, last_beat_at__lt=at
        ).first()
        if session is not None:
            session.last_beat_at = at
            session.save(update_fields=["last_beat_at"])
            note(session, kind=EventKind.BACK, at=at, reason=NoCredit.AWAY)


def lock_person(person: Any) -> None:
    """Let nobody else write this person's study time until the transaction ends."""
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)


def credit_session(session: StudySession, *, person: Any, at: datetime, kind: str) -> BeatResult:
    """Credit one beat of a session; the caller holds the person's lock."""
    progress = LessonProgress.objects.filter(person=person, lesson=session.lesson).first()
    progress = progress or LessonProgress(person=person, lesson=session.lesson, last_at=at)
    if session.ended_at is None and not holds_grant_for(person, session.lesson):
        end_session(session, reason=EndReason.REVOKED, at=at)
    if session.ended_at is not None:
        return _result("ended", 0, progress)
    today: dict[date, int] = {}

    def credited_on(day: date) -> int:
        today[day] = _credited_on(person, day)
        return today[day]

    earned = crediting.beat(
        accounted_until=session.last_beat_at,
        at=at,
        lesson_seconds=progress.credited_seconds,
        planned_seconds=session.lesson.planned_seconds,
        credited_on=credited_on,
    )
    session.last_beat_at = earned.accounted_until
    session.save(update_fields=["last_beat_at"])
    state = _state(session, progress, earned, today)
    event = note(
        session,
        kind=EventKind.BEAT if kind == StudyKind.READING else EventKind.HAND_IN,
        at=at,
        seconds=earned.seconds,
        reason="" if earned.seconds else REASONS[state],
    )
    if earned.seconds:
        _write(session, progress, earned, event, at=at, kind=kind)
        state = _state(session, progress, earned, today)
    return _result(state, earned.seconds, progress)


def _credited_on(person: Any, day: date) -> int:
    rows = LedgerEntry.objects.filter(person=person, day=day)
    return int(rows.aggregate(total=Sum("seconds"))["total"] or 0)


def _write(
    session: StudySession,
    progress: LessonProgress,
    earned: crediting.Beat,
    event: StudyEvent,
    *,
    at: datetime,
    kind: str,
) -> None:
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                person=session.person,
                lesson=session.lesson,
                session=session,
                event=event,
                seconds=credit.seconds,
                kind=kind,
                day=credit.day,
                at=at,
            )
            for credit in earned.credits
        ]
    )
    progress.credited_seconds += earned.seconds
    progress.last_at = at
    if progress.completed_at is None and crediting.is_complete(
        credited_seconds=progress.credited_seconds, planned_seconds=session.lesson.planned_seconds
    ):
        progress.completed_at = at
    progress.save()
    seconds_credited.send(
        sender=StudySession,
        person=session.person,
        lesson=session.lesson,
        seconds=earned.seconds,
        at=at,
    )


def _state(
    session: StudySession, progress: LessonProgress, earned: crediting.Beat, today: dict[date, int]
) -> str:
    if progress.credited_seconds >= session.lesson.planned_seconds:
        return "full"
    if earned.paused:
        return "paused"
    day = crediting.day_in_china(earned.accounted_until)
    of_day = sum(credit.seconds for credit in earned.credits if credit.day == day)
    if today.get(day, 0) + of_day >= crediting.DAILY_CAP_SECONDS:
        return "capped"
    return "on"


def _result(state: str, credited: int, progress: LessonProgress) -> BeatResult:
    planned = progress.lesson.planned_seconds
    return BeatResult(
        state=state,
        credited=credited,
        lesson_seconds=min(progress.credited_seconds, planned),
        planned_seconds=planned,
        completed=progress.completed_at is not None,
    )
