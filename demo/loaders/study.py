"""Study of the demo: what beats and answers would have left behind, written at once.

Nine hundred beats a person would take an hour to replay, so the rows are made whole, by the
rules of `learning`: at most a minute a row, no lesson beyond its plan, three hours a day.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from courses.models import LessonPage, LessonVersion
from learning.choices import EndReason, EventKind
from learning.models import CheckAnswer, LedgerEntry, LessonProgress, StudyEvent, StudySession
from learning.rules.crediting import day_in_china, is_complete

ROW_SECONDS = 60
DAY_SECONDS = 3 * 3600
WRONG_EVERY = 7  # somebody who gets everything right teaches nobody anything


def study(*, person: Any, lessons: Iterable[LessonPage], seconds: int, since: datetime) -> int:
    """Credit `seconds` in these lessons in their order, three hours each evening from `since`.

    Returns what could be credited: less than asked when the lessons plan less.
    """
    clock, today, left = since, 0, seconds
    for lesson in lessons:
        wanted = min(lesson.planned_seconds, left)
        if not wanted:
            break
        if today + wanted > DAY_SECONDS:
            since, today = since + timedelta(days=1), 0
            clock = since
        _credit(person, lesson, wanted, clock)
        clock += timedelta(seconds=wanted)
        today, left = today + wanted, left - wanted
    return seconds - left


def _credit(person: Any, lesson: LessonPage, seconds: int, clock: datetime) -> None:
    ends = clock + timedelta(seconds=seconds)
    version = lesson.versions.order_by("-number").first()
    session = StudySession.objects.create(
        person=person,
        lesson=lesson,
        lesson_version=version,
        started_at=clock,
        last_beat_at=ends,
        ended_at=ends,
        end_reason=EndReason.NEWER,
    )
    _write_down(session, seconds, clock)
    done = is_complete(credited_seconds=seconds, planned_seconds=lesson.planned_seconds)
    LessonProgress.objects.create(
        person=person,
        lesson=lesson,
        credited_seconds=seconds,
        completed_at=ends if done else None,
        last_at=ends,
    )
    if done and version is not None:
        _answer(session, version)


def _answer(session: StudySession, version: LessonVersion) -> None:
    """The quick checks of a finished lesson, nearly all of them right."""
    rows = []
    for place, part in enumerate(version.content["checks"]):
        right = int(part["value"]["answer"])
        slip = (session.person_id + version.pk + place) % WRONG_EVERY == 0
        rows.append(
            CheckAnswer(
                person=session.person,
                lesson=session.lesson,
                lesson_version=version,
                block_id=part["id"],
                question_version_id=part["value"].get("version"),
                asked=part["value"],
                choice=(right + slip) % len(part["value"]["options"]),
                correct=not slip,
                answered_at=session.last_beat_at,
            )
        )
    CheckAnswer.objects.bulk_create(rows)


def _write_down(session: StudySession, seconds: int, clock: datetime) -> None:
    """The events of a session and the ledger entries that stand on them."""
    events = [StudyEvent(session=session, person=session.person, kind=EventKind.START, at=clock)]
    for start in range(0, seconds, ROW_SECONDS):
        earned = min(ROW_SECONDS, seconds - start)
        events.append(
            StudyEvent(
                session=session,
                person=session.person,
                seq=len(events),
                kind=EventKind.BEAT,
                at=clock + timedelta(seconds=start + earned),
                seconds=earned,
            )
        )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            person=session.person,
            lesson=session.lesson,
            session=session,
            event=event,
            seconds=event.seconds,
            day=day_in_china(event.at),
            at=event.at,
        )
        for event in StudyEvent.objects.bulk_create(events)
        if event.seconds
    )
