"""Opening and ending study sessions, and writing down what happens in them."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.models import LessonPage, LessonVersion
from kit.refusing import Refused
from learning.choices import EndReason, EventKind
from learning.models import StudyEvent, StudySession
from learning.permissions import holds_grant_for
from learning.queries import wanted_seconds
from learning.services.reading import version_read
from learning.services.seen import NOWHERE, Seen


def lock_person(person: Any) -> None:
    """Let nobody else write this person's study time, notes or codes until the transaction ends."""
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)


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
        version = version_read(person=person, lesson=lesson, at=at)
        session = StudySession.objects.create(
            person=person,
            lesson=lesson,
            lesson_version=version,
            allowed_seconds=allowed_seconds(person=person, read=version or lesson),
            started_at=at,
            last_beat_at=at,
            input_at=at,
        )
        note(session, kind=EventKind.START, at=at, seen=seen)
    return session


def allowed_seconds(*, person: Any, read: LessonVersion | LessonPage) -> int:
    """What this lesson may credit in all: the longest plan of the classes that wait for it.

    Each class counts no more than its own plan; with the shorter one the longer was never reached.
    """
    lesson_id = read.pk if isinstance(read, LessonPage) else read.lesson_id
    wanted = wanted_seconds(person=person, lesson_id=lesson_id)
    return max(read.planned_seconds, wanted)


def end_session(session: StudySession, *, reason: str, at: datetime) -> None:
    """End an open session; the caller holds the person's lock."""
    session.ended_at, session.end_reason = at, reason
    session.save(update_fields=["ended_at", "end_reason"])
    note(session, kind=EventKind.ENDED, at=at, reason=reason)


def note(
    session: StudySession, *, kind: str, at: datetime, seen: Seen = NOWHERE, **fields: Any
) -> StudyEvent:
    """Write down one event of a session; `fields` are further fields of the event."""
    return StudyEvent.objects.create(
        session=session, person_id=session.person_id, kind=kind, at=at, **vars(seen), **fields
    )
