"""Drills, cases and checks of a lesson: what a person writes is kept, and the time counts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import LessonPage
from kit.refusing import Refused
from learning.choices import EventKind, HandInKind, StudyKind
from learning.models import CheckAnswer, HandIn, StudySession
from learning.permissions import holds_grant_for
from learning.services.reading import version_read
from learning.services.sessions import lock_person
from learning.services.studying import Report, credit_session

LONGEST_TEXT = 20_000


def finish_activity(
    *, person: Any, lesson: LessonPage, kind: str, text: str, at: datetime
) -> HandIn:
    """Hand in the text of the lesson's drill or case. A later text stands beside the earlier."""
    # As the page counts it: browsers send every line end as two characters.
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("empty", _("Nothing is written yet. Write your answer, then hand in."))
    if len(text) > LONGEST_TEXT:
        raise Refused(
            "too_long",
            _("The text has %(have)d characters, %(most)d at most. Shorten it and hand in again.")
            % {"have": len(text), "most": LONGEST_TEXT},
        )
    version = version_read(person=person, lesson=lesson, at=at)
    lesson = version.reading() if version else lesson
    stream = lesson.drill if kind == HandInKind.DRILL else lesson.case
    if not len(stream):
        raise Refused("no_activity", _("This lesson has nothing of this kind to hand in."))
    with transaction.atomic():
        _open_to(person, lesson)
        earlier = HandIn.objects.filter(person=person, lesson=lesson, kind=kind).count()
        made = HandIn.objects.create(
            person=person,
            lesson=lesson,
            lesson_version=version,
            kind=kind,
            block_id=UUID(stream[0].id),
            number=earlier + 1,
            asked=stream[0].block.get_prep_value(stream[0].value),
            text=text,
            handed_in_at=at,
        )
        _credit(person, lesson, at, kind)
    return made


def answer_check(
    *, person: Any, lesson: LessonPage, block_id: UUID, choice: int, at: datetime
) -> CheckAnswer:
    """Store the answer to a check. The first answer stays; feedback has been given on it."""
    version = version_read(person=person, lesson=lesson, at=at)
    lesson = version.reading() if version else lesson
    check = next((part for part in lesson.checks if part.id == str(block_id)), None)
    if check is None or not check.value:
        raise Refused("no_check", _("This check is no longer part of the lesson."))
    asked = check.block.asked(check.value)
    if not 0 <= choice < len(asked["options"]):
        raise Refused("no_option", _("Choose one of the options shown."))
    with transaction.atomic():
        _open_to(person, lesson)
        answer, made = CheckAnswer.objects.get_or_create(
            person=person,
            lesson=lesson,
            block_id=block_id,
            defaults={
                "lesson_version": version,
                "question_version_id": asked.get("version"),
                "asked": asked,
                "choice": choice,
                "correct": choice == asked["answer"],
                "answered_at": at,
            },
        )
        if made:
            _credit(person, lesson, at, StudyKind.CHECK)
    return answer


def _open_to(person: Any, lesson: LessonPage) -> None:
    lock_person(person)
    if not holds_grant_for(person, lesson):
        raise Refused("no_grant", _("This course is not open to you."))


def _credit(person: Any, lesson: LessonPage, at: datetime, kind: str) -> None:
    """Handing in is a beat too, when this lesson is what the person has open."""
    session = (
        StudySession.objects.select_related("lesson", "lesson_version", "person")
        .filter(person=person, lesson=lesson, ended_at=None)
        .first()
    )
    if session is not None:
        report = Report(kind=EventKind.HAND_IN, spent_on=kind)
        credit_session(session, person=person, at=at, report=report)
