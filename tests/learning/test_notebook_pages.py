import pytest
from django.urls import reverse

from learning.context import part_label
from learning.models import Bookmark, CourseGrant, LessonNote, ReadingPlace
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory, lesson_of
from tests.factories.learning import (
    BookmarkFactory,
    CourseGrantFactory,
    LessonNoteFactory,
    LessonProgressFactory,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def course():
    return CourseFactory(title="营销策略", slug="marketing")


@pytest.fixture
def lesson(course):
    made = lesson_of(
        course,
        title="付费推广",
        body=[("heading", "一元换多少"), ("paragraph", "<p>算</p>")],
        drill=[("drill", {"task": "<p>算</p>"})],
    )
    made.refresh_from_db()
    return made


@pytest.fixture
def person(client, course):
    person = CourseGrantFactory(course=course).person
    client.force_login(person)
    return person


def url(name, lesson):
    return reverse(f"learning:{name}", args=[lesson.pk])


def read(client, path):
    return client.get(path).content.decode()


def anchor(lesson):
    return f"p-{lesson.body[0].id}"


def test_another_device_is_told_where_one_stopped(client, person, lesson):
    answer = client.post(url("place_keep", lesson), {"part": anchor(lesson)})

    text = read(client, url("lesson_detail", lesson))
    assert (answer.status_code, "上次停在“一元换多少”" in text) == (204, True)
    assert f'href="#{anchor(lesson)}">从那里接着学' in text


def test_a_place_whose_part_is_gone_is_not_named(client, person, lesson, at):
    ReadingPlace.objects.create(person=person, lesson=lesson, part="p-gone", at=at)

    assert "上次停在" not in read(client, url("lesson_detail", lesson))


def test_an_unknown_part_is_no_place(client, person, lesson):
    answer = client.post(url("place_keep", lesson), {"part": "nowhere\x00"})

    assert (answer.status_code, ReadingPlace.objects.count()) == (422, 0)


def test_a_form_saves_a_note_and_comes_back_to_it(client, person, lesson):
    fields = {"part": "drill", "text": "先列式", "version": "0", "writer": "w", "seq": "0"}
    answer = client.post(url("lesson_notes", lesson), fields)

    assert answer["Location"] == f"{url('lesson_detail', lesson)}#note-drill"
    assert LessonNote.objects.get().text == "先列式"
    assert "先列式" in read(client, url("lesson_detail", lesson))


def test_a_form_of_an_older_page_shows_both_texts_and_then_replaces(client, person, lesson):
    LessonNoteFactory(person=person, lesson=lesson, text="电脑上写的", version=2)
    fields = {"part": "", "text": "手机上写的", "version": "1", "writer": "w", "seq": "0"}
    answer = client.post(url("lesson_notes", lesson), fields)
    text = answer.content.decode()

    assert answer.status_code == 409
    assert ("电脑上写的" in text, "手机上写的" in text) == (True, True)
    assert 'name="version" value="2"' in text

    client.post(url("lesson_notes", lesson), fields | {"version": "2"})
    assert LessonNote.objects.get().text == "手机上写的"


@pytest.mark.parametrize(
    "fields",
    [{}, {"version": "²", "seq": "-1", "text": "x" * 4001}, {"text": "a", "part": "gone"}],
)
def test_a_note_that_is_none_keeps_what_was_typed(client, person, lesson, fields):
    answer = client.post(url("lesson_notes", lesson), fields)

    assert (answer.status_code, LessonNote.objects.count()) == (422, 0)
    assert client.post(url("lesson_notes", lesson), fields, **JSON).status_code == 422


def test_a_script_is_answered_with_the_version(client, person, lesson):
    fields = {"part": "", "text": "记", "version": "0", "writer": "w", "seq": "1"}
    first = client.post(url("lesson_notes", lesson), fields, **JSON)
    replay = client.post(url("lesson_notes", lesson), fields, **JSON)
    other = client.post(url("lesson_notes", lesson), fields | {"writer": "v", "text": "改"}, **JSON)

    assert (first.json()["version"], replay.json()["version"]) == (1, 1)
    assert (other.status_code, other.json()["text"], other.json()["version"]) == (409, "记", 1)


def test_the_notes_of_a_lesson_have_a_page_and_show_notes_to_lost_parts(client, person, lesson):
    LessonNoteFactory(person=person, lesson=lesson, part="p-gone", heading="旧的一节", text="留着")

    text = read(client, url("lesson_notes", lesson))

    assert ("旧的一节" in text, "留着" in text, "一元换多少" in text) == (True, True, True)


def test_nobody_sees_the_notes_of_another(client, person, lesson):
    LessonNoteFactory(lesson=lesson, text="别人的")
    BookmarkFactory(lesson=lesson)

    pages = [
        read(client, path)
        for path in (
            url("lesson_detail", lesson),
            reverse("learning:note_list"),
            reverse("learning:note_export"),
        )
    ]

    assert [text for text in pages if "别人的" in text] == []
    assert "付费推广" not in read(client, reverse("learning:bookmark_list"))


def test_all_notes_stand_on_one_page_also_of_lessons_now_closed(client, person, lesson):
    LessonNoteFactory(person=person, lesson=lesson, part="drill", text="<b>先列式</b>")
    page = reverse("learning:note_list")
    before = read(client, page)
    CourseGrant.objects.update(revoked_at="2026-04-01T00:00Z")
    after = read(client, page)

    assert "&lt;b&gt;先列式" in before
    assert (url("lesson_detail", lesson) in before, url("lesson_detail", lesson) in after) == (
        True, False,
    )  # fmt: skip
    assert "先列式" in after


def test_notes_are_saved_as_one_text_file(client, person, lesson):
    LessonNoteFactory(person=person, lesson=lesson, part="drill", text="<列式>\n再算")
    answer = client.get(reverse("learning:note_export"))
    text = answer.content.decode()

    assert text.startswith("\ufeff我的笔记\r\n")
    assert "== 营销策略 / 付费推广 ==\r\n" in text
    assert "<列式>\r\n再算" in text
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_bookmark_is_put_listed_and_taken_away(client, person, lesson):
    answer = client.post(url("bookmark_set", lesson), {"on": "1"})
    listed = read(client, reverse("learning:bookmark_list"))
    gone = client.post(url("bookmark_set", lesson), {"on": "0", "back": "list"})

    assert (answer["Location"], "付费推广" in listed) == (url("lesson_detail", lesson), True)
    assert (gone["Location"], Bookmark.objects.count()) == (reverse("learning:bookmark_list"), 0)


@pytest.mark.parametrize(
    ("anchor", "title", "label"),
    [("p-1", "一节", "一节"), ("drill", "", "演练"), ("", "", "整课"), ("p-1", "", "原来的一节")],
)
def test_every_part_has_a_name(anchor, title, label):
    assert part_label(anchor, title) == label


# the end of a course


def end(client, course):
    return read(client, reverse("learning:course_end", kwargs={"slug": course.slug}))


def test_the_end_says_what_is_missing_and_leads_to_it(client, person, course, lesson):
    text = end(client, course)

    assert "《营销策略》还没有学完" in text
    assert "还有 1 课没有学完" in text
    assert f"开始：{lesson.title}" in text


def test_the_end_of_a_finished_course_leads_to_the_next_one(client, person, course, lesson):
    LessonProgressFactory(person=person, lesson=lesson, credited_seconds=120)
    other = CourseGrantFactory(person=person, course=CourseFactory(title="数据分析")).course
    lesson_of(other, title="看报表")
    text = end(client, course)

    assert ("《营销策略》已学完" in text, "下一门课是《数据分析》" in text) == (True, True)
    assert "开始：看报表" in text


def test_after_the_last_course_an_earlier_one_is_next(client, person, course, lesson):
    later = CourseGrantFactory(person=person, course=CourseFactory()).course
    done = lesson_of(later)
    LessonProgressFactory(person=person, lesson=done, credited_seconds=120)

    assert "下一门课是《营销策略》" in end(client, later)


def test_when_all_is_done_the_end_leads_to_what_is_missing_for_the_certificate(
    client, person, course, lesson
):
    LessonProgressFactory(person=person, lesson=lesson, credited_seconds=120)

    assert 'class="button button-next" href="/learn/"' in end(client, course)


def test_an_empty_course_ends_in_words_too(client, person):
    empty = CourseGrantFactory(person=person).course

    assert "本课程还没有发布课时" in end(client, empty)


def test_every_own_page_leads_somewhere(client):
    client.force_login(UserFactory(roles=["trainee"]))

    for name in ("note_list", "bookmark_list"):
        assert 'href="/learn/"' in read(client, reverse(f"learning:{name}"))


def test_more_lessons_cost_the_outline_no_more_questions(client, person, course, lesson):
    LessonFactory(module=ModuleFactory(course=course))

    assert "还有 2 课没有学完" in end(client, course)
