import pytest

from lms.portal import nav
from people import roles
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_place_without_address_is_left_out():
    places = [
        nav.Place("a", "portal:learner_home", frozenset({"x"})),
        nav.Place("b", "no:such", frozenset({"x"})),
    ]

    assert [each.label for each in nav.entries(places, frozenset({"x"}), "/")] == ["a"]


def test_a_place_of_another_role_is_left_out():
    places = [nav.Place("a", "portal:learner_home", frozenset({"x"}))]

    assert nav.entries(places, frozenset({"y"}), "/") == []


def test_the_longest_prefix_is_current():
    places = [
        nav.Place("me", "portal:own_profile", frozenset({"x"})),
        nav.Place("results", "portal:learner_home", frozenset({"x"}), under=("/me/results/",)),
    ]

    found = nav.entries(places, frozenset({"x"}), "/me/results/7/")

    assert [each.current for each in found] == [False, True]


def test_address_of_one_thing():
    assert nav.link("learning:lesson_detail", pk=7) == "/learn/lessons/7/"
    assert nav.link("no:such", pk=7) == ""


def test_every_role_but_none_has_a_home():
    without = [role for role in roles.ALL if not nav.homes(frozenset({role}))]

    # Their screens stand in apps of their own; until those offer one, they start at /me/.
    assert set(without) <= {roles.AUDITOR, roles.OFFICER, roles.APPROVER}


def test_one_home_is_gone_to_at_once(client):
    client.force_login(UserFactory(roles=["hr"]))

    assert client.get("/").headers["Location"] == "/hr/"


def test_several_homes_are_offered(client):
    client.force_login(UserFactory(roles=["hr", "trainee", "grader"]))

    answer = client.get("/")

    assert [each.url for each in answer.context["choices"]] == ["/learn/", "/teach/", "/hr/"]


def test_no_role_leads_to_the_own_page(client):
    client.force_login(UserFactory())

    assert client.get("/").headers["Location"] == "/me/"


def test_no_page_asks_for_the_notices_of_a_stranger(client):
    answer = client.get("/accounts/login/")

    assert b'class="tabbar"' not in answer.content
