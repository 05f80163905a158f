"""A person with a post is led along the lessons meant for it; the rest stays open."""

import pytest
from django.urls import reverse

from learning.queries import post_path
from lms.portal.queries.learner import study
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory, LessonProgressFactory
from tests.factories.people import PostFactory, ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db


def lesson_for(course, *posts):
    lesson = lesson_of(course)
    lesson.posts.set(posts)
    lesson.save()
    return lesson


def granted(person, *lessons_for):
    """A course open to this person, with a lesson for each of these posts."""
    course = CourseFactory()
    CourseGrantFactory(person=person, course=course)
    return course, [lesson_for(course, post) for post in lessons_for]


@pytest.fixture
def person(client):
    person = ProfileFactory(post=PostFactory(name="主播", path="直播")).user
    client.force_login(person)
    return person


def text_of(client, name, **kwargs):
    return client.get(reverse(f"learning:{name}", kwargs=kwargs)).content.decode()


def test_a_path_is_named_by_the_post_or_by_its_learning_path(person):
    _course, (live, _host, both) = granted(person, "直播", "主播", "客服")
    both.posts.set(["直播", "主播"])
    both.save()
    same = ProfileFactory(post=PostFactory(name="客服主管")).user
    lesson = lesson_for(CourseFactory(), "客服主管")

    assert post_path(person) == {live.pk, both.pk}
    assert post_path(same) == {lesson.pk}
    assert post_path(ProfileFactory(post=None).user) == post_path(UserFactory()) == frozenset()


def test_the_home_begins_with_the_lessons_of_the_own_post(client, person):
    first, _others = granted(person, "客服", "客服")
    second, (_other, mine) = granted(person, "客服", "直播")

    going_on, courses = study(person)

    assert (going_on.lesson.pk, going_on.course, going_on.of_my_post) == (mine.pk, second, True)
    assert [each.course for each in courses] == [second, first]
    assert [(each.path_finished, each.path_lessons) for each in courses] == [(0, 1), (0, 0)]
    assert "我的岗位 0/1 课" in client.get("/learn/").content.decode()

    LessonProgressFactory(person=person, lesson=mine, credited_seconds=120)
    assert study(person)[0].course == first


def test_what_was_begun_goes_on_and_without_a_post_all_is_as_it_stands(person, at):
    course, (first, other, mine) = granted(person, "客服", "客服", "直播")
    nobody = UserFactory(roles=["trainee"])
    CourseGrantFactory(person=nobody, course=course)

    before = study(person)[0].lesson.pk
    LessonProgressFactory(person=person, lesson=other, credited_seconds=5, last_at=at)

    assert (before, study(person)[0].lesson.pk) == (mine.pk, other.pk)
    assert study(nobody)[0].lesson.pk == first.pk


def test_outline_and_pager_mark_and_prefer_the_own_post(client, person):
    course, (first, other, mine) = granted(person, "直播", "客服", "直播")

    outline = text_of(client, "course_detail", slug=course.slug)
    reading = text_of(client, "lesson_detail", pk=first.pk)
    beside = text_of(client, "lesson_detail", pk=other.pk)

    assert outline.count("<b>我的岗位</b>") == 2
    following = f'<a class="button" href="/learn/lessons/{mine.pk}/">'
    assert (following in reading, following in beside) == (True, True)
    LessonProgressFactory(person=person, lesson=first, credited_seconds=120)
    assert f"开始：{mine.title}" in text_of(client, "course_detail", slug=course.slug)


def test_the_end_of_a_course_leads_to_the_course_of_the_own_post(client, person):
    done, (lesson,) = granted(person, "客服")
    granted(person, "客服")
    _course, (_other, mine) = granted(person, "客服", "直播")
    LessonProgressFactory(person=person, lesson=lesson, credited_seconds=120)

    assert f'href="/learn/lessons/{mine.pk}/"' in text_of(client, "course_end", slug=done.slug)
