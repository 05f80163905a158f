"""What pages show of a person's own notebook: place, notes, bookmarks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import pgettext

from courses.models import CoursePage, LessonPage
from learning.choices import PartKind
from learning.models import Bookmark, LessonNote, ReadingPlace
from learning.queries import parts_of, visible_lessons
from learning.rules.parts import LessonPart, part_at
from learning.services.notebook import LONGEST_NOTE, NoteClash, Sent

COURSE_PATH_LENGTH = 3 * LessonPage.steplen  # root, catalogue, course


@dataclass(frozen=True)
class NoteForm:
    """The note to one part as it is edited; `newer` is a text another page has stored since."""

    anchor: str
    label: str
    text: str
    version: int
    saved_at: datetime | None = None
    error: str = ""
    newer: str = ""

    @property
    def key(self) -> str:
        """What its ids in the page are made of."""
        return self.anchor or "lesson"


@dataclass(frozen=True)
class OwnNote:
    """A note in the list of all own notes."""

    label: str
    anchor: str
    text: str
    saved_at: datetime


@dataclass(frozen=True)
class OwnLesson:
    """A lesson with what a person keeps of it; no address when it is not open any more."""

    lesson_id: int
    title: str
    course: str
    is_open: bool
    notes: list[OwnNote]


def part_label(anchor: str, title: str) -> str:
    """A part in words: its heading, else its kind, else the lesson as a whole."""
    if title:
        return title
    kinds = {str(value): str(label) for value, label in PartKind.choices}
    return kinds.get(anchor) or (
        pgettext("part of a lesson that is gone", "Earlier part")
        if anchor
        else pgettext("note", "Whole lesson")
    )


def lesson_notebook(person: Any, lesson: LessonPage) -> dict[str, Any]:
    """What the lesson page shows beside the text; three queries."""
    parts = parts_of(lesson)
    return {
        "reading_parts": [(part.anchor, part_label(part.anchor, part.title)) for part in parts],
        "place": lesson_place(person, lesson),
        "bookmarked": Bookmark.objects.filter(person=person, lesson_id=lesson.pk).exists(),
        **note_fields(person, lesson, parts),
    }


def note_fields(
    person: Any,
    lesson: LessonPage,
    parts: tuple[LessonPart, ...],
    sent: Sent | None = None,
    error: str = "",
    clash: NoteClash | None = None,
) -> dict[str, Any]:
    """The forms of all notes to a lesson; the one just refused keeps what was typed."""
    rows = LessonNote.objects.filter(person=person, lesson_id=lesson.pk).order_by("pk")
    notes = {note.part: note for note in rows}
    names = [("", part_label("", "")), *((p.anchor, part_label(p.anchor, p.title)) for p in parts)]
    known = {anchor for anchor, _label in names}
    names += [
        (note.part, part_label(note.part, note.heading))
        for note in notes.values()
        if note.part not in known and note.text
    ]
    return {
        "note_forms": [
            _form(anchor, label, notes.get(anchor), sent, error, clash) for anchor, label in names
        ],
        "note_writer": str(uuid4()),
        "longest_note": LONGEST_NOTE,
    }


def _form(
    anchor: str,
    label: str,
    note: LessonNote | None,
    sent: Sent | None,
    error: str,
    clash: NoteClash | None,
) -> NoteForm:
    if sent is None or sent.part != anchor:
        if note is None:
            return NoteForm(anchor, label, "", 0)
        return NoteForm(anchor, label, note.text, note.version, note.saved_at)
    # After a clash the next press of the button has seen what is stored.
    version = clash.note.version if clash else sent.version
    return NoteForm(
        anchor, label, sent.text, version, None, error, clash.note.text if clash else ""
    )


def lesson_place(person: Any, lesson: LessonPage) -> dict[str, Any] | None:
    """Where a person stopped in a lesson: anchor, name of the part, and when."""
    place = ReadingPlace.objects.filter(person=person, lesson_id=lesson.pk).first()
    part = part_at(parts_of(lesson), place.part) if place else None
    if place is None or part is None:
        return None
    return {"anchor": part.anchor, "label": part_label(part.anchor, part.title), "at": place.at}


def own_notes(person: Any) -> list[OwnLesson]:
    """Every note of a person by lesson, in the order of the catalogue."""
    rows = (
        LessonNote.objects.visible_to(person)
        .exclude(text="")
        .order_by("lesson__path", "pk")
        .values("part", "heading", "text", "saved_at", "lesson_id", "lesson__title", "lesson__path")
    )
    found: dict[int, list[OwnNote]] = {}
    lessons: dict[int, tuple[str, str]] = {}
    for row in rows:
        lessons[row["lesson_id"]] = (row["lesson__title"], row["lesson__path"])
        label = part_label(row["part"], row["heading"])
        found.setdefault(row["lesson_id"], []).append(
            OwnNote(label, row["part"], row["text"], row["saved_at"])
        )
    return _lessons(person, lessons, found)


def own_bookmarks(person: Any) -> list[OwnLesson]:
    """Every bookmarked lesson of a person, in the order of the catalogue."""
    rows = (
        Bookmark.objects.visible_to(person)
        .order_by("lesson__path")
        .values("lesson_id", "lesson__title", "lesson__path")
    )
    lessons = {row["lesson_id"]: (row["lesson__title"], row["lesson__path"]) for row in rows}
    return _lessons(person, lessons, {})


def _lessons(
    person: Any, lessons: dict[int, tuple[str, str]], notes: dict[int, list[OwnNote]]
) -> list[OwnLesson]:
    """`lessons` says title and path by id."""
    courses = _course_titles(path for _title, path in lessons.values())
    open_ids = set(visible_lessons(person).filter(pk__in=lessons).values_list("pk", flat=True))
    return [
        OwnLesson(
            pk, title, courses.get(path[:COURSE_PATH_LENGTH], ""), pk in open_ids, notes.get(pk, [])
        )
        for pk, (title, path) in lessons.items()
    ]


def _course_titles(paths: Iterable[str]) -> dict[str, str]:
    wanted = {path[:COURSE_PATH_LENGTH] for path in paths}
    return dict(CoursePage.objects.filter(path__in=wanted).values_list("path", "title"))
