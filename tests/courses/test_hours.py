"""A lesson that plans more than its parts take is not published, by whatever door."""

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import LessonPage
from courses.queries import lesson_hours, seconds_by_post
from courses.services import ensure_catalog
from tests.factories.courses import LessonFactory, ModuleFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
TEXT = f"<p>{'字' * 250}</p>"  # one minute of reading


def lesson_of_a_minute(planned_seconds, **fields):
    return LessonFactory(planned_seconds=planned_seconds, body=[("paragraph", TEXT)], **fields)


def form(lesson, planned_seconds, **extra):
    """What the editor's page posts."""
    empty = {name: streamfield([]) for name in ("goals", "worked_example", "drill", "case")}
    return nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "planned_seconds": str(planned_seconds),
            "level": "assistant",
            "posts": "",
            "sources": "",
            **empty,
            "checks": streamfield([]),
            "body": streamfield([("paragraph", rich_text(TEXT))]),
            **extra,
        }
    )


@pytest.fixture
def editor(client, settings):
    """Somebody who publishes without a review, as a small body may."""
    settings.COURSE_REVIEW = False
    ensure_catalog()
    user = UserFactory(roles=["editor"])
    client.force_login(user)
    return user


def test_a_lesson_that_adds_up_is_published():
    lesson = lesson_of_a_minute(60)

    lesson.save_revision().publish()

    assert LessonPage.objects.get().live is True


def test_a_lesson_that_claims_too_much_is_not_published():
    lesson = lesson_of_a_minute(61, live=False)
    revision = lesson.save_revision()

    with pytest.raises(ValidationError) as error:
        revision.publish()

    assert "61" in str(error.value)
    assert LessonPage.objects.get().live is False


def test_the_editor_is_told_at_the_field_and_the_text_stays(client, editor):
    lesson = lesson_of_a_minute(60)
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    page = client.post(url, form(lesson, 600, **{"action-publish": "1"}))

    lesson.refresh_from_db()
    assert page.status_code == 200
    assert "计划 600 秒，而各部分合计只有 60 秒" in page.content.decode()
    assert lesson.planned_seconds == 60


def test_a_draft_may_claim_too_much_for_now(client, editor):
    lesson = lesson_of_a_minute(60)

    answer = client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form(lesson, 600))

    draft = LessonPage.objects.get().get_latest_revision_as_object()
    assert (answer.status_code, draft.planned_seconds) == (302, 600)


def test_publishing_many_stops_at_the_one_that_does_not_add_up(client, editor):
    module = ModuleFactory()
    good = LessonFactory(module=module, live=False, planned_seconds=60, body=[("paragraph", TEXT)])
    bad = LessonFactory(module=module, live=False, planned_seconds=61, body=[("paragraph", TEXT)])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = client.post(
        f"{url}?id={good.pk}&id={bad.pk}&next=/admin/", {"include_descendants": ""}
    )

    assert answer.status_code == 302
    assert LessonPage.objects.filter(live=True).count() == 0
    assert any(bad.title in str(message) for message in answer.wsgi_request._messages)


def test_hours_are_added_up_by_post():
    first = lesson_of_a_minute(60)
    second = lesson_of_a_minute(45)
    first.posts.set(["运营", "仓储"])
    second.posts.set(["仓储"])
    first.save()
    second.save()

    found = lesson_hours()

    assert [(row.slug, row.posts, row.honest_seconds) for row in found] == [
        (first.slug, ("仓储", "运营"), 60),
        (second.slug, ("仓储",), 60),
    ]
    assert seconds_by_post(found) == {"运营": 60, "仓储": 105}


def test_the_report_costs_the_same_for_one_lesson_and_for_three(django_assert_num_queries):
    for _number in range(3):
        lesson_of_a_minute(60).posts.set(["运营"])

    with django_assert_num_queries(2):
        lesson_hours()


def test_the_command_prints_lessons_and_posts():
    lesson = lesson_of_a_minute(60)
    lesson.posts.set(["运营"])
    lesson.save()
    out, data = StringIO(), StringIO()

    call_command("lesson_hours", stdout=out)
    call_command("lesson_hours", "--json", stdout=data)

    assert "reading 60" in out.getvalue()
    assert "运营: 0.0 class hours" in out.getvalue()
    assert json.loads(data.getvalue())["lessons"][0]["characters"] == 250
