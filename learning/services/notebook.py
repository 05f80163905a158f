"""Keeping one's place, notes and bookmarks.

They are a person's own and no evidence of anything, so they leave no audit rows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import LessonPage
from kit.refusing import Refused
from learning.models import Bookmark, LessonNote, ReadingPlace
from learning.permissions import reads_lesson
from learning.queries import parts_of
from learning.rules.notes import CLASH, SAVE, Writing, verdict
from learning.rules.parts import part_at
from learning.services.sessions import lock_person

LONGEST_NOTE = 4_000


class NoteClash(Refused):
    """Another page has stored something else since; `note` is what is stored now."""

    def __init__(self, note: LessonNote) -> None:
        super().__init__(
            "note_newer",
            _("This note was changed on another page or device. Compare the two texts, then save."),
        )
        self.note = note


@dataclass(frozen=True)
class Sent:
    """A note as a page sends it: `version` is what it last saw (0: nothing was stored)."""

    part: str
    text: str
    version: int
    writer: str
    seq: int


def keep_place(*, person: Any, lesson: LessonPage, part: str, at: datetime) -> ReadingPlace:
    """Remember where a person is in a lesson. A request that comes late changes nothing."""
    if part_at(parts_of(lesson), part) is None:
        raise Refused("no_part", _("This part is no longer in the lesson."))
    with transaction.atomic():
        _open_to(person, lesson)
        place, made = ReadingPlace.objects.get_or_create(
            person=person, lesson_id=lesson.pk, defaults={"part": part, "at": at}
        )
        if not made and place.at <= at:
            place.part, place.at = part, at
            place.save(update_fields=["part", "at"])
    return place


def save_note(*, person: Any, lesson: LessonPage, sent: Sent, at: datetime) -> LessonNote:
    """Store a note; an emptied one is no note any more, and its row counts on.

    Refused: too_long, empty, no_part, no_grant; NoteClash when another page has written since.
    """
    text = sent.text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        raise Refused(
            "too_long",
            _("The note has %(have)d characters, %(most)d at most. Shorten it and save again.")
            % {"have": len(text), "most": LONGEST_NOTE},
        )
    with transaction.atomic():
        _open_to(person, lesson)
        rows = LessonNote.objects.filter(person=person, lesson_id=lesson.pk, part=sent.part)
        note: LessonNote | None = rows.first()
        stored = Writing(note.text, note.version, note.writer, note.seq) if note else None
        decided = verdict(stored, Writing(text, sent.version, sent.writer, sent.seq))
        if note is None:
            return _write(_new(person, lesson, sent, text), lesson, sent, text, at)
        if decided == CLASH:
            raise NoteClash(note)
        return _write(note, lesson, sent, text, at) if decided == SAVE else note


def _new(person: Any, lesson: LessonPage, sent: Sent, text: str) -> LessonNote:
    if not text:
        raise Refused("empty", _("Nothing is written yet. Write your note, then save."))
    if sent.part and part_at(parts_of(lesson), sent.part) is None:
        raise Refused("no_part", _("This part is no longer in the lesson."))
    return LessonNote(person=person, lesson_id=lesson.pk, part=sent.part, version=0)


def _write(note: LessonNote, lesson: LessonPage, sent: Sent, text: str, at: datetime) -> LessonNote:
    """The name of the part is kept as it was when the part is gone."""
    part = part_at(parts_of(lesson), sent.part)
    note.heading = part.title if part else note.heading
    note.text, note.version = text, note.version + 1
    note.writer, note.seq, note.saved_at = sent.writer, sent.seq, at
    note.save()
    return note


def set_bookmark(*, person: Any, lesson: LessonPage, on: bool, at: datetime) -> None:
    """Put a bookmark to a lesson or take it away; doing so twice changes nothing."""
    with transaction.atomic():
        _open_to(person, lesson)
        if on:
            Bookmark.objects.get_or_create(
                person=person, lesson_id=lesson.pk, defaults={"made_at": at}
            )
        else:
            Bookmark.objects.filter(person=person, lesson_id=lesson.pk).delete()


def _open_to(person: Any, lesson: LessonPage) -> None:
    """One writer a person: two pages of one person never interleave."""
    lock_person(person)
    if not reads_lesson(person, lesson):
        raise Refused("no_grant", _("This course is not open to you."))
