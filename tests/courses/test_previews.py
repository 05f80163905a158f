"""An author sees a lesson as learners do, on a phone and on paper; nothing is counted there."""

import pytest
from django.urls import reverse

from people.services import sync_roles
from tests.courses.test_lesson_media import published
from tests.factories.media import MediaFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PRINTED = 'print.css"'


@pytest.fixture
def preview(client):
    sync_roles()
    client.force_login(UserFactory(roles=["editor"]))
    lesson = published(MediaFactory("video"), sources="手册")

    def look(mode):
        path = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])
        return client.get(path, {"mode": mode}).content.decode()

    return look


def test_the_learners_preview_shows_the_text_and_counts_nothing(preview):
    html = preview("learner")

    assert "字字" in html
    assert "手册" in html
    assert "不计学时" in html
    assert "hour-bar" not in html
    assert "data-position" not in html
    assert f'{PRINTED} media="print">' in html


def test_the_phone_frames_the_learners_preview(preview):
    html = preview("phone")

    assert 'src="?mode=learner&amp;in_preview_panel=true"' in html
    assert 'width="360"' in html
    assert "字字" not in html


def test_the_print_preview_shows_what_is_printed(preview):
    html = preview("print")

    assert f"{PRINTED}>" in html
    assert "字字" in html
    assert "不计学时" not in html
