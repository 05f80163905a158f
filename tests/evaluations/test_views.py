"""What people type wrongly or press twice when they are asked for their word."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations import services
from evaluations.models import SatisfactionSurvey
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.training import EnrolmentFactory, TrainingClassFactory

pytestmark = pytest.mark.django_db
GOOD = {"score": "5", "content_score": "4", "trainer_score": "5", "comment": "讲得清楚"}


@pytest.fixture
def place():
    return EnrolmentFactory(person=ProfileFactory(supervisor=UserFactory()).user)


@pytest.fixture
def trainee(client, place):
    client.force_login(place.person)
    return client


@pytest.fixture
def follow_up(place):
    return services.open_follow_up(enrolment=place, at=timezone.now() - timedelta(days=200))


def survey(place):
    return reverse("evaluations:survey_give", args=[place.pk])


def answer(follow_up):
    return reverse("evaluations:follow_up_answer", args=[follow_up.pk])


def test_the_list_says_what_is_open_and_what_was_given(trainee, place, follow_up):
    page = reverse("evaluations:survey_list")
    before = trainee.get(page).content.decode()
    trainee.post(survey(place), GOOD)
    after = trainee.get(page).content.decode()

    assert (survey(place) in before, survey(place) in after) == (True, False)
    assert answer(follow_up) in before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("score", "6"), ("score", "0"), ("score", ""), ("content_score", "5.0"),
        ("trainer_score", "很好"), ("comment", "长" * 2001), ("comment", "a\x00b"),
    ],
)  # fmt: skip
def test_a_word_outside_the_scale_is_told_beside_the_question(trainee, place, field, value):
    response = trainee.post(survey(place), GOOD | {field: value})

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (400, [field])
    assert form["comment"].value() == (GOOD | {field: value})["comment"]
    assert SatisfactionSurvey.objects.count() == 0


def test_a_second_word_on_a_class_is_refused_and_stays_on_the_page(trainee, place):
    trainee.post(survey(place), GOOD)

    response = trainee.post(survey(place), GOOD | {"score": "1", "comment": "改主意了"})

    assert response.status_code == 409
    assert "改主意了" in response.content.decode()
    assert SatisfactionSurvey.objects.get().score == 5


def test_a_class_that_has_not_begun_is_not_judged(client):
    early = EnrolmentFactory(
        training_class=TrainingClassFactory(
            opens_on=timezone.localdate() + timedelta(days=9),
            closes_on=timezone.localdate() + timedelta(days=12),
        )
    )
    client.force_login(early.person)

    response = client.post(survey(early), GOOD)

    assert (response.status_code, SatisfactionSurvey.objects.count()) == (409, 0)


def test_another_ones_survey_is_not_there(client, place):
    client.force_login(UserFactory(roles=["trainee"]))

    assert client.post(survey(place), GOOD).status_code == 404


@pytest.mark.parametrize("data", [{}, {"word": "perhaps"}, {"word": "yes", "note": "长" * 2001}])
def test_an_answer_that_is_none_is_told(trainee, follow_up, data):
    response = trainee.post(answer(follow_up), data)

    follow_up.refresh_from_db()
    assert (response.status_code, follow_up.own_word) == (400, None)
    assert response.context["form"].errors


def test_both_are_asked_and_each_once(client, follow_up):
    codes = []
    for person in (follow_up.enrolment.person, follow_up.supervisor):
        client.force_login(person)
        assert follow_up.enrolment.person.name in client.get(answer(follow_up)).content.decode()
        for note in ("每周复盘", "再说一次"):
            response = client.post(answer(follow_up), {"word": "yes", "note": note})
            codes.append(response.status_code)

    follow_up.refresh_from_db()
    assert codes == [302, 409, 302, 409]
    assert "再说一次" in response.content.decode()
    assert follow_up.enrolment.person.name in response.content.decode()
    assert (follow_up.applied, follow_up.own_example) == (True, "每周复盘")


def test_a_follow_up_is_not_answered_before_its_day(trainee, place):
    follow_up = services.open_follow_up(enrolment=place, at=timezone.now())

    response = trainee.post(answer(follow_up), {"word": "no", "note": "还没有机会"})

    assert response.status_code == 409
    assert "还没有机会" in response.content.decode()


def test_a_strangers_follow_up_is_not_there(client, follow_up):
    client.force_login(UserFactory(roles=["hr"]))

    assert client.get(answer(follow_up)).status_code == 404


def test_an_unknown_filter_is_refused(trainee):
    response = trainee.get(reverse("evaluations:survey_list"), {"person": "1"})

    assert (response.status_code, "person" in response.content.decode()) == (400, True)
