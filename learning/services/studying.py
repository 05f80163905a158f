"""Reports from an open lesson, and the seconds they credit.

Every write for one person happens under a lock on that person's account row, so two tabs,
two devices or a doubled request never credit the same second twice. This is the most frequent
request of the platform: it asks the database little, and only for columns it needs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from kit.refusing import Refused
from learning.choices import EndReason, EventKind, NoCredit, StudyKind
from learning.models import LedgerEntry, LessonProgress, StudyEvent, StudySession
from learning.permissions import holds_grant_for
from learning.rules import attending, crediting
from learning.services.seen import NOWHERE, Seen
from learning.services.sessions import end_session, lock_person, note
from learning.signals import seconds_credited

USUAL_PACE = attending.Pace()


@dataclass(frozen=True)
class Report:
    """What a page, a press by hand or a hand-in says of an open lesson.

    `seq` is the page's own number of the report (None: the server speaks), `idle_seconds` how
    long it had seen no input, `spent_on` what the time was spent on.
    """

    kind: str = EventKind.BEAT
    seq: int | None = None
    idle_seconds: int = 0
    spent_on: str = StudyKind.READING
    seen: Seen = NOWHERE
    pace: attending.Pace = USUAL_PACE


@dataclass(frozen=True)
class BeatResult:
    """What a report did. `state`: on, paused, full (the lesson has all its seconds), capped
    (eight class hours today) or ended (another page took over); `reason` says why nothing was
    credited or why it is paused; `asked`: "still studying?" waits for an answer.
    """

    state: str
    reason: str
    asked: bool
    credited: int
    lesson_seconds: int
    planned_seconds: int
    completed: bool


BEAT = Report()


def report_study(
    *, session_id: int, person: Any, at: datetime, report: Report = BEAT
) -> BeatResult:
    """Take a report of this session and credit what it earns. The client's clock plays no part.

    A report whose number was taken before adds nothing: it is answered with how things stand.
    """
    with transaction.atomic():
        lock_person(person)
        session = (
            StudySession.objects.select_related("lesson", "lesson_version")
            .only(*_SESSION_FIELDS)
            .filter(pk=session_id, person_id=person.pk)
            .first()
        )
        if session is None:
            raise Refused("no_session", _("This page is not counting your time."))
        return credit_session(session, person=person, at=at, report=report)


_SESSION_FIELDS = (
    *(field.attname for field in StudySession._meta.concrete_fields if not field.is_relation),
    "person_id",
    "lesson__path",
    "lesson__planned_seconds",
    "lesson_version__planned_seconds",
)


def credit_session(
    session: StudySession, *, person: Any, at: datetime, report: Report
) -> BeatResult:
    """Take one report of a session; the caller holds the person's lock."""
    progress = LessonProgress.objects.filter(
        person_id=person.pk, lesson_id=session.lesson_id
    ).first() or LessonProgress(person_id=person.pk, lesson_id=session.lesson_id, last_at=at)
    if report.seq is not None and report.seq <= session.last_seq:
        return _result(session, progress, crediting.Beat((), at, paused=False), "")
    session.person = person
    session.last_seq = report.seq or session.last_seq
    if session.ended_at is None and not holds_grant_for(person, session.lesson):
        end_session(session, reason=EndReason.REVOKED, at=at)
    if session.ended_at is not None:
        return _too_late(session, progress, at, report)
    return _take(session, progress, at, report)


def _too_late(
    session: StudySession, progress: LessonProgress, at: datetime, report: Report
) -> BeatResult:
    session.save(update_fields=["last_seq"])
    _note_report(session, report, at, seconds=0, reason=NoCredit.OVER)
    nothing = crediting.Beat((), at, paused=False)
    return _result(session, progress, nothing, session.end_reason)


def _take(
    session: StudySession, progress: LessonProgress, at: datetime, report: Report
) -> BeatResult:
    taken = attending.take(
        attending.Attention(
            session.last_beat_at,
            session.input_at or session.last_beat_at,
            session.asked_at,
            session.pause,
        ),
        kind=report.kind,
        at=at,
        idle_seconds=report.idle_seconds,
        pace=report.pace,
    )
    today: dict[date, int] = {}
    earned = crediting.Beat((), taken.attention.accounted_until, paused=False)
    if taken.earns_until is not None:
        earned = crediting.beat(
            accounted_until=session.last_beat_at,
            at=at,
            earns_until=taken.earns_until,
            lesson_seconds=progress.standing_seconds,
            planned_seconds=session.planned_seconds,
            credited_on=lambda day: _credited_on(session.person_id, day, today),
        )
    session.last_beat_at = earned.accounted_until
    session.input_at = taken.attention.input_at
    session.asked_at = taken.attention.asked_at
    session.pause = taken.attention.pause
    session.save(update_fields=["last_beat_at", "input_at", "asked_at", "pause", "last_seq"])
    reason = "" if earned.seconds else _why_nothing(session, progress, earned, taken, today)
    event = _note_report(session, report, at, seconds=earned.seconds, reason=reason)
    if earned.seconds:
        _credit(session, progress, earned, event, report.spent_on)
    capped = not session.pause and _is_capped(earned, today)
    return _result(session, progress, earned, reason, capped=capped)


def _credited_on(person_id: int, day: date, known: dict[date, int]) -> int:
    rows = LedgerEntry.objects.filter(person_id=person_id, day=day)
    known[day] = int(rows.aggregate(total=Sum("seconds"))["total"] or 0)
    return known[day]


def _why_nothing(
    session: StudySession,
    progress: LessonProgress,
    earned: crediting.Beat,
    taken: attending.Taken,
    today: dict[date, int],
) -> str:
    """The reason to write down when a report credits nothing."""
    if taken.reason:
        return taken.reason
    if earned.paused:
        return NoCredit.GAP
    if progress.standing_seconds >= session.planned_seconds:
        return NoCredit.FULL
    return NoCredit.CAPPED if _is_capped(earned, today) else NoCredit.SHORT


def _is_capped(earned: crediting.Beat, today: dict[date, int]) -> bool:
    """Whether the day that counts now has all that a day may have."""
    day = crediting.day_in_china(earned.accounted_until)
    of_day = sum(credit.seconds for credit in earned.credits if credit.day == day)
    return today.get(day, 0) + of_day >= crediting.DAILY_CAP_SECONDS


def _note_report(session: StudySession, report: Report, at: datetime, **fields: Any) -> StudyEvent:
    return note(
        session,
        kind=report.kind,
        at=at,
        seq=report.seq,
        idle_seconds=None if report.seq is None else report.idle_seconds,
        seen=report.seen,
        **fields,
    )


def _credit(
    session: StudySession,
    progress: LessonProgress,
    earned: crediting.Beat,
    event: StudyEvent,
    kind: str,
) -> None:
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                person_id=session.person_id,
                lesson_id=session.lesson_id,
                session=session,
                event=event,
                seconds=credit.seconds,
                kind=kind,
                day=credit.day,
                at=event.at,
            )
            for credit in earned.credits
        ]
    )
    progress.credited_seconds += earned.seconds
    progress.last_at = event.at
    if progress.completed_at is None and crediting.is_complete(
        credited_seconds=progress.standing_seconds, planned_seconds=session.planned_seconds
    ):
        progress.completed_at = event.at
    progress.save()
    seconds_credited.send(
        sender=StudySession,
        person=session.person,
        lesson=session.lesson,
        seconds=earned.seconds,
        at=event.at,
    )


def _result(
    session: StudySession,
    progress: LessonProgress,
    earned: crediting.Beat,
    reason: str,
    *,
    capped: bool = False,
) -> BeatResult:
    planned = session.planned_seconds
    if session.ended_at is not None:
        state, reason = "ended", session.end_reason
    elif progress.standing_seconds >= planned:
        state = "full"
    elif session.pause:
        state, reason = "paused", session.pause
    else:
        state = "capped" if capped else "on"
    return BeatResult(
        state=state,
        reason=reason,
        asked=session.asked_at is not None,
        credited=earned.seconds,
        lesson_seconds=min(progress.standing_seconds, planned),
        planned_seconds=planned,
        completed=progress.completed_at is not None,
    )
