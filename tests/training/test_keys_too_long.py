"""Keys that no column holds, or that are no keys, in the forms that choose rows."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains

from tests.factories.people import UserFactory
from tests.factories.training import ProgrammeFactory, TrainingClassFactory, ready_programme
from training.models import TrainingClass

pytestmark = pytest.mark.django_db

BAD_KEYS = ["9" * 20, str(2**63), str(-(2**63) - 1), "abc"]


@pytest.fixture
def hr(client):
    person = UserFactory(roles=["hr"])
    client.force_login(person)
    return person


@pytest.mark.parametrize("key", BAD_KEYS)
def test_nobody_is_enrolled_by_a_key_that_cannot_be(client, hr, key):
    person, made = UserFactory(roles=["trainee"]), TrainingClassFactory(state="open")

    page = client.post(
        reverse("training:class_enrol", args=[made.pk]), {"people": [person.pk, key]}
    )

    errors = page.context["form"].errors["people"]
    assert (page.status_code, len(errors), made.enrolments.count()) == (200, 1, 0)
    assertContains(page, f"<li>{escape(errors[0])}</li>")


@pytest.mark.parametrize("key", BAD_KEYS)
def test_no_class_is_made_with_a_key_that_cannot_be(client, hr, key):
    programme = ready_programme()
    typed = {
        "programme": programme.pk, "code": "2026Q1-YY-09", "name": "集训班",
        "opens_on": "2026-03-09", "capacity": "30", "trainers": [key],
    }  # fmt: skip

    page = client.post(reverse("training:class_create"), typed)
    other = client.post(reverse("training:class_create"), typed | {"programme": key})

    assert (list(page.context["form"].errors), page.status_code) == (["trainers"], 200)
    assert ("programme" in other.context["form"].errors, other.status_code) == (True, 200)
    assert not TrainingClass.objects.exists()


@pytest.mark.parametrize("key", BAD_KEYS)
def test_no_programme_takes_a_course_that_cannot_be(client, hr, key):
    programme = ProgrammeFactory()

    page = client.post(
        reverse("training:programme_edit", args=[programme.pk]), {"courses": [key], "like": key}
    )

    assert page.status_code == 200
    assert {"courses", "like"} <= set(page.context["form"].errors)


def test_the_keys_that_fit_are_found_beside_one_that_does_not():
    person = UserFactory()
    people = get_user_model().objects

    assert list(people.filter(pk__in=[person.pk, 2**63, None])) == [person]
    assert list(people.exclude(pk__in=[2**63])) == [person]
    assert not people.filter(pk__in=[2**63]).exists()
    assert list(people.filter(pk__in=people.values("pk"))) == [person]


def test_rows_are_found_by_the_keys_of_others_that_fit():
    made = TrainingClassFactory()
    classes = TrainingClass.objects

    assert list(classes.filter(programme__in=[made.programme_id, 2**63])) == [made]
    assert not classes.filter(programme__in=[2**63]).exists()
    assert list(classes.filter(programme__in=[made.programme])) == [made]
    assert list(classes.filter(programme=str(made.programme_id))) == [made]
    assert not classes.filter(programme=2**63).exists()
    assert not classes.filter(trainers=str(2**63)).exists()


def test_a_page_whose_key_cannot_be_is_not_there(client):
    client.force_login(UserFactory(roles=["trainee"]))

    answer = client.get(reverse("learning:lesson_detail", args=[2**63]))

    assert answer.status_code == 404
