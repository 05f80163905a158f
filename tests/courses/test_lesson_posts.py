"""Posts of a lesson are those of the roster and of other lessons: a typo makes no new path."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from courses.models import LessonPost
from courses.permissions import grant_editing
from courses.services import ensure_catalog
from people.models import Post
from people.services import sync_roles
from tests.courses.test_hours import form
from tests.factories.courses import LessonFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client, settings):
    settings.COURSE_REVIEW = False
    ensure_catalog()
    sync_roles()
    grant_editing(Group.objects.get(name="editor"))
    client.force_login(UserFactory(roles=["editor"]))
    Post.objects.create(name="店铺运营", family="operation")
    taught = LessonFactory()
    taught.posts.add("设计")
    taught.save()


def send(client, lesson, posts, **extra):
    data = form(lesson, 1) | {"posts": posts} | extra
    return client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)


def named(lesson):
    return sorted(
        LessonPost.objects.filter(content_object=lesson).values_list("tag__name", flat=True)
    )


def test_posts_of_the_roster_and_of_other_lessons_are_published(client):
    lesson = LessonFactory(live=False)

    send(client, lesson, '"店铺运营","设计"', **{"action-publish": "1"})

    lesson.refresh_from_db()
    assert (lesson.live, named(lesson)) == (True, ["店铺运营", "设计"])


def test_a_mistyped_post_is_not_published_and_the_near_one_is_named(client):
    lesson = LessonFactory(live=False)

    refused = send(client, lesson, '"设汁","法务"', **{"action-publish": "1"})

    lesson.refresh_from_db()
    assert lesson.live is False
    assert refused.context["form"].errors["posts"] == [
        "没有“法务”这个岗位。新岗位请先加到组织的岗位里。",
        "没有“设汁”这个岗位，是不是“设计”？新岗位请先加到组织的岗位里。",
    ]
    assert "设汁" in refused.content.decode()


def test_a_draft_keeps_what_was_typed_and_makes_no_post_known(client):
    draft = LessonFactory(live=False)

    saved = send(client, draft, '"法务"')
    refused = send(client, LessonFactory(live=False), '"法务"', **{"action-publish": "1"})

    assert (saved.status_code, named(draft)) == (302, ["法务"])
    assert list(refused.context["form"].errors) == ["posts"]


def test_the_editor_names_the_known_posts(client):
    url = reverse("wagtailadmin_pages:edit", args=[LessonFactory().pk])

    assert "可用岗位：店铺运营、设计" in client.get(url).content.decode()
