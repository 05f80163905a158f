import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from courses.services import ensure_catalog
from people.services import sync_roles
from tests.factories.courses import LessonFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    ensure_catalog()
    user = UserFactory(roles=["editor"])
    client.force_login(user)
    return user


def test_the_group_holds_catalogue_courses_and_lessons(client, editor):
    LessonFactory(title="定价三问")

    home = client.get(reverse("wagtailadmin_home")).content.decode()
    lessons = client.get(reverse("lesson_pages:index"))

    assert "课程目录".encode("unicode-escape").decode() in home  # the menu is JSON in the page
    assert "定价三问" in lessons.content.decode()
    assert client.get(reverse("course_pages:index")).status_code == 200


def test_an_editor_opens_edits_and_previews_a_lesson(client, editor):
    lesson = LessonFactory(body=[("paragraph", "<p>先学理</p>")])

    edit = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    preview = lesson.make_preview_request()

    assert (edit.status_code, preview.status_code) == (200, 200)
    assert "先学理" in preview.content.decode()
    assert "最多计入的学习时间（秒）" in edit.content.decode()


def test_an_editor_may_not_delete_or_write_outside_the_catalogue(editor):
    top = ensure_catalog()
    lesson = LessonFactory()

    assert top.permissions_for_user(editor).can_add_subpage() is True
    assert lesson.permissions_for_user(editor).can_edit() is True
    assert Page.objects.get(depth=1).permissions_for_user(editor).can_add_subpage() is False


def test_only_what_was_never_published_is_deleted(client, editor):
    sync_roles()
    text = [("paragraph", f"<p>{'字' * 500}</p>")]  # two minutes of reading
    unpublished, draft = LessonFactory(body=text), LessonFactory(live=False)
    unpublished.save_revision().publish()
    unpublished.refresh_from_db()
    unpublished.unpublish()

    for page in (unpublished, unpublished.get_parent(), draft):
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    left = set(Page.objects.values_list("pk", flat=True))
    assert {unpublished.pk, unpublished.get_parent().pk} <= left
    assert draft.pk not in left


def test_pictures_and_documents_are_not_offered(client, editor):
    Group.objects.get(name="editor")
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "/admin/images/" not in home
    assert "/admin/documents/" not in home


def test_other_people_do_not_enter_the_admin(client):
    client.force_login(UserFactory(roles=["trainee"]))

    assert client.get(reverse("wagtailadmin_home")).status_code == 404
