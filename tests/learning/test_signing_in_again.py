"""A session that ended while somebody was writing: signing in leads back to the lesson."""

import pytest
from django.urls import reverse

from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory
from tests.learning.access_rows import CHECK, CHECK_ID

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return lesson_of(
        CourseFactory(),
        drill=[("drill", {"task": "<p>算</p>"})],
        case=[("case", {"scenario": "<p>看</p>", "questions": [], "model_answer": ""})],
        checks=[{"type": "check", "value": CHECK, "id": CHECK_ID}],
    )


@pytest.fixture
def person(lesson):
    course = lesson.get_parent().get_parent().specific
    return CourseGrantFactory(course=course, person=UserFactory(roles=["trainee"])).person


@pytest.mark.parametrize(
    ("name", "kwargs", "anchor"),
    [
        ("drill_hand_in", {}, "#drill"),
        ("case_hand_in", {}, "#case"),
        ("check_answer", {"block_id": CHECK_ID}, f"#check-{CHECK_ID}"),
        ("place_keep", {}, ""),
        ("bookmark_set", {}, ""),
        ("study_start", {}, ""),
        ("study_here", {}, ""),
    ],
)
def test_signing_in_after_a_lost_form_leads_to_its_place_in_the_lesson(
    client, person, lesson, name, kwargs, anchor
):
    sent_to = reverse(f"learning:{name}", kwargs={"pk": lesson.pk, **kwargs})

    refused = client.post(sent_to, {"text": "写了很久的答案"})
    signed_in = client.post(refused.url, {"login": person.number, "password": "password"})
    back = client.get(signed_in.url)

    assert (refused.status_code, signed_in.url) == (302, sent_to)
    assert (back.status_code, back.url) == (302, f"/learn/lessons/{lesson.pk}/{anchor}")
    assert client.get(back.url).status_code == 200


def test_a_report_of_a_player_opened_like_a_page_leads_to_the_lesson(client, person, lesson):
    client.force_login(person)

    answer = client.get(reverse("learning:media_watched", args=[lesson.pk, CHECK_ID]))

    assert (answer.status_code, answer.url) == (302, f"/learn/lessons/{lesson.pk}/")


def test_the_page_says_whose_text_is_kept_and_what_has_been_handed_in(client, person, lesson):
    client.force_login(person)
    client.post(reverse("learning:drill_hand_in", args=[lesson.pk]), {"text": " 一千四百元 "})

    page = client.get(reverse("learning:lesson_detail", args=[lesson.pk])).content.decode()

    assert f'data-owner="{person.pk}"' in page
    assert ">一千四百元</p>" in page.split("data-handed-in", 1)[1][:20]
    assert page.count("data-hand-in>") == 2
    assert "js/hand-in.js" in page
