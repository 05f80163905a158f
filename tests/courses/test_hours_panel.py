"""While a lesson is being written, the editor shows what its parts take."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from courses.permissions import grant_editing
from courses.services import ensure_catalog
from people.services import sync_roles
from tests.courses.test_hours import form
from tests.factories.courses import LessonFactory, ModuleFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
TEXT = f"<p>{'字' * 500}</p>"  # two minutes
CHECK = {"stem": "？", "options": ["是", "否"], "answer": 0, "explanation": "是"}


@pytest.fixture(autouse=True)
def editor(client):
    ensure_catalog()
    sync_roles()
    grant_editing(Group.objects.get(name="editor"))
    client.force_login(UserFactory(roles=["editor"]))


def edit_url(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def test_the_editor_sees_every_part_the_sum_and_what_is_left(client):
    lesson = LessonFactory(
        planned_seconds=400, body=[("paragraph", TEXT)],
        drill=[("drill", {"task": "<p>做</p>", "minutes": 5})], checks=[("check", CHECK)],
    )  # fmt: skip

    html = client.get(edit_url(lesson)).content.decode()

    assert "500 字" in html
    assert [f"<td>{time}</td>" in html for time in ("2:00", "5:00", "1:00")] == [True] * 3
    assert "<b>8:00</b>" in html
    assert "<b>6:40</b>" in html
    assert "各部分合计比计划多 1:20" in html


def test_a_plan_that_is_too_long_says_by_how_much(client):
    lesson = LessonFactory(planned_seconds=300, body=[("paragraph", TEXT)])

    html = client.get(edit_url(lesson)).content.decode()

    assert "计划比各部分合计多 3:00" in html


def test_every_autosave_brings_the_new_sum(client):
    lesson = LessonFactory(planned_seconds=300, body=[("paragraph", TEXT)])

    told = client.post(edit_url(lesson), form(lesson, 660), HTTP_ACCEPT="application/json").json()

    assert told["success"] is True
    assert 'data-w-teleport-target-value="[data-lesson-hours]"' in told["html"]
    assert "<b>11:00</b>" in told["html"]


def test_pages_without_parts_and_new_lessons_have_no_sum(client):
    module = ModuleFactory()
    data = {"title": module.title, "slug": module.slug}

    told = client.post(edit_url(module), data, HTTP_ACCEPT="application/json").json()
    new = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk])

    assert "data-lesson-hours" not in told["html"]
    assert "保存后显示" in client.get(new).content.decode()
