import json

import pytest
from django.urls import reverse

from courses.models import CoursePage, LessonPage
from courses.services import freeze_course
from exams.models import Question
from exams.services import publish_question
from tests.factories.courses import CourseFactory, ModuleFactory, lesson_of
from tests.factories.exams import QuestionVersionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
LONG = "字" * 600


def body(text, more=()):
    parts = [{"type": "paragraph", "id": "p1", "value": f"<p>{text}</p><p>{LONG}</p>"}, *more]
    return json.dumps(parts)


@pytest.fixture
def course(client, at):
    client.force_login(UserFactory(roles=["editor"]))
    return CourseFactory(title="运营", slug="ops")


@pytest.fixture
def changed(course, at):
    """Two versions: a lesson reworded and cut short, one removed, one added, one moved."""
    first = lesson_of(
        course, title="定价", planned_seconds=120, body=body("佣金率为5%，按月结算。")
    )
    gone = lesson_of(course, title="旧课")
    moved = lesson_of(course, title="选品")
    there = ModuleFactory(course=course, title="第二单元")
    freeze_course(course=course, at=at)
    gone.unpublish()
    lesson_of(course, title="新课")
    moved.move(there, pos="last-child")
    box = {"type": "callout", "id": "c1", "value": {"tone": "tip", "title": "记住", "text": "先算"}}
    page = LessonPage.objects.get(pk=first.pk)
    page.title, page.planned_seconds = "定价三问", 60
    page.body = body("佣金率为6%，按月结算。", [box])
    page.save_revision().publish()
    return course


def compare(client, course, **query):
    return client.get(reverse("courses:version_compare", args=[course.pk]), query)


def test_the_overview_names_courses_that_were_published(client, changed):
    CourseFactory(title="没发布过")

    page = client.get(reverse("courses:version_overview"))

    assert [(each.title, each.newest) for each in page.context["page_obj"]] == [
        ("运营", changed.versions.count())
    ]


def test_the_versions_of_a_course_with_lessons_and_hours(client, changed):
    page = client.get(reverse("courses:version_list", args=[changed.pk]))

    rows = [(each.number, each.lessons, each.seconds) for each in page.context["page_obj"]]
    assert rows[-1] == (1, 3, 360)
    assert [number for number, *_rest in rows] == sorted(
        (number for number, *_rest in rows), reverse=True
    )
    assert rows[0][1:] == (3, 300)


def test_two_versions_compared_in_words(client, changed):
    newest = changed.versions.first().number

    page = compare(client, changed, **{"from": 1, "to": newest})

    text = page.content.decode()
    assert [each.title for each in page.context["change"].added] == ["新课"]
    assert [each.title for each in page.context["change"].removed] == ["旧课"]
    assert [way[0] for way in page.context["moved"]] == ["选品"]
    assert page.context["seconds"] == [360, 300]
    (row,) = page.context["lessons"]
    assert row.plain == [("标题", "定价", "定价三问"), ("计划", "2:00", "1:00")]
    assert (row.figures.gone, row.figures.come) == ({"5%": "5%"}, {"6%": "6%"})
    assert ("删去的数字" in text, "新增的数字" in text) == (True, True)
    assert [(part.label, part.how) for part in row.parts] == [
        ("正文", "changed"), ("正文 · 提示框", "added"),
    ]  # fmt: skip
    assert '<del><span class="vh">删去：</span>5%<span class="vh">；</span></del>' in text
    assert '<ins><span class="vh">加入：</span>6%<span class="vh">；</span></ins>' in text


def test_without_numbers_the_newest_is_compared_with_the_one_before(client, changed):
    newest = changed.versions.first().number

    page = compare(client, changed)

    assert (page.context["before"].number, page.context["after"].number) == (newest - 1, newest)


def test_a_course_of_one_version_has_nothing_to_compare(client, course, at):
    freeze_course(course=course, at=at)

    page = compare(client, course)

    assert (page.status_code, "本课程只有一个版本" in page.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"from": "9", "to": "1"}, "本课程没有版本“9”。"),
        ({"from": "1", "to": "x<b>"}, "本课程没有版本“x&lt;b&gt;”。"),
        ({"from": "1", "to": "1"}, "请选两个不同的版本。"),
    ],
)
def test_a_wrong_choice_says_what_is_wrong(client, changed, query, said):
    page = compare(client, changed, **query)

    assert (page.status_code, said in page.content.decode()) == (422, True)


def test_versions_that_read_the_same_say_so(client, course, at):
    lesson = lesson_of(course, title="甲", body=body("甲"))
    for title in ("甲", "乙", "甲"):
        page = LessonPage.objects.get(pk=lesson.pk)
        page.title = title
        page.save_revision().publish()

    page = compare(client, course, **{"from": 1, "to": 3})

    assert "两个版本内容相同" in page.content.decode()


def test_a_question_published_anew_in_the_same_words_reads_the_same(client, course, at):
    question = QuestionVersionFactory(question__pool="practice", question__mark=1).question
    lesson_of(course, checks=[("question", question)])
    freeze_course(course=course, at=at)
    Question.objects.filter(pk=question.pk).update(mark=2)
    publish_question(question_id=question.pk, by=None, at=at)
    freeze_course(course=course, at=at)

    page = compare(client, course)

    assert course.versions.count() == 2
    assert page.context["lessons"] == []
    assert "两个版本内容相同" in page.content.decode()


def test_a_lesson_put_elsewhere_in_its_module(client, course, at):
    first, second = lesson_of(course, title="甲"), lesson_of(course, title="乙")
    freeze_course(course=course, at=at)
    second.move(first, pos="left")

    page = compare(client, course)

    assert "在模块内换了位置" in page.content.decode()


def test_a_part_of_a_kind_no_longer_offered_keeps_its_own_name(client, course, at):
    from courses.rules.comparing import FieldRuns, PartChange
    from courses.views.versions import _part_row

    row = _part_row(PartChange("body", "carousel", "removed", (FieldRuns("slides", ()),)))

    assert (row.label, row.fields) == ("正文 · carousel", [("slides", ())])


def test_unknown_courses_are_absent(client, course):
    assert compare(client, course).status_code == 404  # never published


def test_the_editor_of_a_course_leads_to_its_versions(client, changed):
    from courses.services import ensure_catalog
    from people.services import sync_roles

    ensure_catalog()
    sync_roles()
    CoursePage.objects.get(pk=changed.pk).save_revision().publish()
    url = reverse("courses:version_list", args=[changed.pk])
    lesson = LessonPage.objects.first()

    of_course = client.get(reverse("wagtailadmin_pages:edit", args=[changed.pk])).content.decode()
    of_lesson = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()

    assert (url in of_course, "/content/versions/" in of_lesson) == (True, False)


def test_what_no_person_published_is_the_systems_in_the_language_of_the_reader(client, course, at):
    freeze_course(course=course, at=at)
    url = reverse("courses:version_list", args=[course.pk])

    assert "<td>系统</td>" in client.get(url).content.decode()
