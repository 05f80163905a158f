import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import LessonText
from courses.services import freeze_course
from learning.queries import visible_courses
from learning.queries.search import search_lessons
from learning.services import grant_courses
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def body(text):
    return [("paragraph", f"<p>{text}</p>")]


@pytest.fixture
def course(at):
    course = CourseFactory(slug="ops", title="运营课")
    lesson_of(course, title="直播间", body=body("直播运营看 ＲＯＩ，运营再看转化"))
    lesson_of(course, title="店铺运营", body=body("heroic 直播，播运动"))
    freeze_course(course=course, at=at)
    return course


@pytest.fixture
def person(course):
    return CourseGrantFactory(course=course, person__roles=["trainee"]).person


def titles(person, query):
    found = search_lessons(person=person, courses=visible_courses(person), query=query)
    return [each.title for each in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("运营", ["店铺运营", "直播间"]),
        ("直播运营", ["直播间"]),
        ("ROI", ["直播间"]),
        ("roi 运营", ["直播间"]),
        ("播", ["直播间", "店铺运营"]),
        ("没有", []),
        ("，", []),
        ("%", []),
        ("_", []),
    ],
)
def test_chinese_and_latin_words_are_found_in_bodies(person, query, expected):
    assert titles(person, query) == expected


def test_a_hit_is_shown_marked_with_its_course(person, course):
    (found,) = search_lessons(person=person, courses=[course], query="roi")

    assert (found.course_title, [piece.text for piece in found.pieces if piece.hit]) == (
        "运营课", ["ＲＯＩ"],
    )  # fmt: skip


def test_nothing_is_found_in_courses_of_others(person, at):
    other = CourseFactory()
    lesson_of(other, body=body("直播运营 ROI"))
    freeze_course(course=other, at=at)

    assert titles(person, "直播运营") == ["直播间"]
    assert titles(UserFactory(), "直播运营") == []


def test_a_class_finds_what_its_version_says(course, at):
    person = UserFactory()
    version = course.versions.get()
    grant_courses(person=person, courses=[course], source="s", at=at, versions=[version])
    lesson_of(course, title="新课", body=body("直播运营"))
    freeze_course(course=course, at=at)

    assert titles(person, "直播运营") == ["直播间"]
    assert len(titles(CourseGrantFactory(course=course).person, "直播运营")) == 2


def test_what_a_model_answer_says_is_not_found(person, course, at):
    lesson_of(course, drill=[("drill", {"task": "<p>算</p>", "answer": "七十七点八"})])
    freeze_course(course=course, at=at)

    assert titles(person, "七十七") == []


def test_searching_asks_as_often_for_three_courses_as_for_one(person, at):
    def cost():
        titles(person, "直播运营")  # roles are asked once
        with CaptureQueriesContext(connection) as seen:
            titles(person, "直播运营")
        return len(seen)

    one = cost()
    for _number in range(2):
        other = CourseGrantFactory(person=person).course
        lesson_of(other, body=body("直播运营"))
        freeze_course(course=other, at=at)

    assert (cost(), len(titles(person, "直播运营"))) == (one, 3)


def test_the_page_searches_all_or_one_course(client, person, course):
    client.force_login(person)

    every = client.get("/learn/search/", {"q": "直播运营"}).content.decode()
    inside = client.get("/learn/search/", {"q": "没有这样的词", "course": "ops"}).content.decode()
    outline = client.get("/learn/courses/ops/").content.decode()

    assert "<strong>直播运营</strong>" in every
    assert ("没有课时提到这些词" in inside, 'value="ops"' in inside) == (True, True)
    assert 'action="/learn/search/"' in outline
    assert client.get("/learn/search/").status_code == 200
    assert client.get("/learn/search/", {"q": "x", "course": "closed"}).status_code == 404


def test_the_command_writes_the_words_anew(person, course, capsys):
    LessonText.objects.update(tokens="")

    call_command("reindex_lessons")

    assert capsys.readouterr().out == "2 lesson versions indexed\n"
    assert titles(person, "直播运营") == ["直播间"]


@pytest.mark.parametrize(("most", "said"), [(2, "至少找到 2 个课时"), (3, "找到 2 个课时")])
def test_a_search_that_is_cut_does_not_pass_its_limit_off_as_the_count(
    client, person, monkeypatch, most, said
):
    monkeypatch.setattr("learning.queries.search.MOST_FOUND", most)
    monkeypatch.setattr("learning.views.search.MOST_FOUND", most)
    client.force_login(person)

    text = client.get(reverse("learning:lesson_search"), {"q": "运营"}).content.decode()

    assert f">{said}" in text
