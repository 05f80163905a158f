"""The screens where findings are listed and judged."""

import pytest
from django.urls import reverse

from tests.factories.training import place_in, ready_class
from tests.page_cost import one_and_three
from tests.training.test_services_findings import SESSION, TUESDAY, WHY, overlap
from training.models import StudyAnomaly
from training.services import judge_anomaly

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return ready_class()


@pytest.fixture
def place(made):
    return place_in(made)


def test_hr_judges_on_the_page_and_a_refusal_keeps_what_was_typed(client, made, place):
    anomaly = overlap(made, place)
    client.force_login(made.hr)
    path = reverse("training:anomaly_detail", args=[anomaly.pk])

    refused = client.post(path, {"verdict": "", "reason": WHY})
    answer = client.post(path, {"verdict": "not_counted", "reason": WHY})
    page = client.get(path)

    assert (refused.status_code, refused.context["typed"]["reason"]) == (200, WHY)
    assert answer.url == path
    assert (page.context["may_judge"], len(page.context["sessions"])) == (False, 1)
    events = reverse(
        "training:session_events", args=[place.person_id, page.context["sessions"][0].pk]
    )
    assert client.get(events).content.decode().count("不计入") == 3


def test_the_list_shows_what_nobody_has_judged_and_the_rest_by_verdict(client, made, place):
    anomaly = overlap(made, place)
    judge_anomaly(anomaly_id=anomaly.pk, verdict="talk", reason=WHY, by=made.t, at=TUESDAY)
    open_one = StudyAnomaly.objects.create(
        person=place.person, kind="burst", day=SESSION.date(), found_at=TUESDAY,
        evidence={"entries": [], "sessions": [], "since": None, "until": None, "count": 30},
    )  # fmt: skip
    client.force_login(made.t)
    path = reverse("training:anomaly_list")

    shown = {
        state: list(client.get(path, {"state": state}).context["page_obj"])
        for state in ("open", "talk", "all", "nonsense")
    }

    assert shown == {
        "open": [open_one], "talk": [anomaly], "all": [open_one, anomaly], "nonsense": [open_one],
    }  # fmt: skip
    kinds = ["cap", "full_day", "device", "address", "sequence", "unbroken"]
    for number, kind in enumerate(kinds):
        one = StudyAnomaly.objects.create(
            person=place.person, kind=kind, day=SESSION.date(), key=str(number), found_at=TUESDAY,
            evidence=open_one.evidence,
        )  # fmt: skip
        assert client.get(reverse("training:anomaly_detail", args=[one.pk])).status_code == 200


def test_nobody_reads_findings_about_oneself(client, made, place):
    from people import roles

    anomaly = overlap(made, place)
    roles.grant(place.person, roles.AUDITOR)
    client.force_login(place.person)

    page = client.get(reverse("training:anomaly_detail", args=[anomaly.pk]))

    assert page.status_code == 404


def test_the_list_costs_the_same_for_3_findings_as_for_1(client, made):
    client.force_login(made.t)

    def finding():
        place = place_in(made)
        StudyAnomaly.objects.create(
            person=place.person, kind="cap", day=SESSION.date(), found_at=TUESDAY
        )

    one, three = one_and_three(client, reverse("training:anomaly_list"), finding)

    assert one == three
