from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kit.refusing import Refused
from learning.models import Bookmark, LessonNote, ReadingPlace
from learning.services import NoteClash, Sent, keep_place, save_note, set_bookmark
from learning.services.notebook import LONGEST_NOTE
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    made = lesson_of(
        CourseFactory(),
        body=[("heading", "三段路"), ("paragraph", "<p>先学理</p>")],
        drill=[("drill", {"task": "<p>算</p>"})],
    )
    made.refresh_from_db()
    return made


@pytest.fixture
def person(lesson):
    return CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person


def heading(lesson):
    return f"p-{lesson.body[0].id}"


def sent(**fields):
    return Sent(
        **{"part": "", "text": "记一笔", "version": 0, "writer": "phone", "seq": 1} | fields
    )


def test_the_place_follows_the_reader_and_no_late_request(person, lesson, at):
    keep_place(person=person, lesson=lesson, part=heading(lesson), at=at)
    keep_place(person=person, lesson=lesson, part="drill", at=at + timedelta(minutes=1))
    keep_place(person=person, lesson=lesson, part=heading(lesson), at=at)

    place = ReadingPlace.objects.get()
    assert (place.part, place.at) == ("drill", at + timedelta(minutes=1))


def test_a_place_that_the_lesson_does_not_have_is_refused(person, lesson, at):
    with pytest.raises(Refused) as refused:
        keep_place(person=person, lesson=lesson, part="checks", at=at)

    assert refused.value.code == "no_part"


@pytest.mark.parametrize("act", ["place", "note", "bookmark"])
def test_a_stranger_keeps_nothing(lesson, at, act):
    acts = {
        "place": lambda who: keep_place(person=who, lesson=lesson, part="drill", at=at),
        "note": lambda who: save_note(person=who, lesson=lesson, sent=sent(), at=at),
        "bookmark": lambda who: set_bookmark(person=who, lesson=lesson, on=True, at=at),
    }

    with pytest.raises(Refused) as refused:
        acts[act](UserFactory(roles=["trainee"]))

    assert refused.value.code == "no_grant"


def test_staff_who_preview_keep_notes_too(lesson, at):
    save_note(person=UserFactory(roles=["trainer"]), lesson=lesson, sent=sent(), at=at)

    assert LessonNote.objects.count() == 1


def test_a_note_is_stored_with_the_name_of_its_part(person, lesson, at):
    typed = sent(part=heading(lesson), text=" 第一行\r\n第二行 ")
    note = save_note(person=person, lesson=lesson, sent=typed, at=at)

    assert (note.text, note.heading, note.version, note.saved_at) == (
        "第一行\n第二行", "三段路", 1, at,
    )  # fmt: skip


def test_a_replay_adds_nothing_and_the_next_text_replaces(person, lesson, at):
    save_note(person=person, lesson=lesson, sent=sent(), at=at)
    save_note(person=person, lesson=lesson, sent=sent(), at=at + timedelta(minutes=1))
    note = save_note(person=person, lesson=lesson, sent=sent(text="记两笔", seq=2), at=at)

    assert (note.text, note.version, note.saved_at) == ("记两笔", 2, at)


def test_a_page_that_has_not_seen_the_note_is_told_what_is_stored(person, lesson, at):
    save_note(person=person, lesson=lesson, sent=sent(), at=at)

    with pytest.raises(NoteClash) as clash:
        save_note(person=person, lesson=lesson, sent=sent(text="另一笔", writer="desk"), at=at)

    assert clash.value.note.text == "记一笔"
    assert LessonNote.objects.get().text == "记一笔"


def test_a_note_may_be_emptied_and_outlives_its_part(person, lesson, at):
    part = heading(lesson)
    save_note(person=person, lesson=lesson, sent=sent(part=part), at=at)
    lesson.body = []
    note = save_note(person=person, lesson=lesson, sent=sent(part=part, text="", seq=2), at=at)

    assert (note.text, note.heading, note.version) == ("", "三段路", 2)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "  "}, "empty"),
        ({"text": "字" * (LONGEST_NOTE + 1)}, "too_long"),
        ({"part": "p-unknown"}, "no_part"),
    ],
)
def test_notes_that_are_none_are_refused(person, lesson, at, fields, code):
    with pytest.raises(Refused) as refused:
        save_note(person=person, lesson=lesson, sent=sent(**fields), at=at)

    assert (refused.value.code, LessonNote.objects.count()) == (code, 0)


def test_a_bookmark_is_put_once_and_taken_away(person, lesson, at):
    for _twice in range(2):
        set_bookmark(person=person, lesson=lesson, on=True, at=at)
    assert Bookmark.objects.visible_to(person).count() == 1

    for _twice in range(2):
        set_bookmark(person=person, lesson=lesson, on=False, at=at)
    assert Bookmark.objects.count() == 0


@pytest.mark.parametrize("model", [ReadingPlace, LessonNote, Bookmark])
def test_the_database_keeps_one_row_each(person, lesson, at, model):
    fields = {
        ReadingPlace: {"part": "drill", "at": at},
        LessonNote: {"part": "", "writer": "x", "saved_at": at},
        Bookmark: {"made_at": at},
    }[model]
    made = model.objects.create(person=person, lesson=lesson, **fields)

    assert str(made).startswith(f"{person.pk} {lesson.pk}")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(person=person, lesson=lesson, **fields)


def test_versions_of_notes_begin_at_one(person, lesson, at):
    with pytest.raises(IntegrityError, match="lessonnote_versions_begin_at_one"):
        LessonNote.objects.create(person=person, lesson=lesson, writer="x", version=0, saved_at=at)
