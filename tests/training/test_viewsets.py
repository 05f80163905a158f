"""Programmes in the Wagtail admin."""

import pytest
from django.urls import reverse

from audit.models import AuditRow
from people.services import sync_roles
from tests.factories.courses import CourseFactory
from tests.factories.people import UserFactory
from tests.factories.training import ProgrammeFactory
from training.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    sync_roles()
    client.force_login(UserFactory(roles=["administrator"]))


def test_an_administrator_makes_and_changes_a_programme(client, administrator):
    course, like = CourseFactory(), ProgrammeFactory(timetable=[{"day": 1}])
    data = {
        "code": "YY2", "title": "电商运营", "kind": "regular", "issuer": "学校",
        "price": "3,600.00", "online_hours": "20", "required_attendance_percent": 80,
        "courses": [course.pk], "like": like.pk,
    }  # fmt: skip

    client.post(reverse("programme:add"), data)
    made = Programme.objects.get(code="YY2")
    client.post(reverse("programme:edit", args=[made.pk]), {**data, "price": "1800", "like": ""})

    made.refresh_from_db()
    assert (made.list_price_fen, made.required_online_seconds) == (180_000, 54_000)
    assert (list(made.courses.all()), made.timetable) == ([course], [{"day": 1}])
    saved = AuditRow.objects.filter(action="training.programme_saved").order_by("pk")
    assert saved.last().detail["changed"] == ["price"]
    assert client.get(reverse("programme:history", args=[made.pk])).status_code == 200


def test_a_price_that_is_no_amount_is_named(client, administrator):
    answer = client.post(reverse("programme:add"), {"code": "X", "price": "12.345"})

    assert "price" in answer.context["form"].errors
    assert not Programme.objects.exists()
