"""Addresses and forms of the reports that ask for what is not there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from reports.services import run_export
from tests.factories.certificates import APPROVED_AT
from tests.factories.people import ProfileFactory, UnitFactory, UserFactory
from tests.factories.training import EnrolmentFactory

pytestmark = pytest.mark.django_db
DASHBOARD = "/hr/dashboard/"
ROWS = "/hr/dashboard/pass_rate/denominator/"


@pytest.fixture
def hr(client):
    client.force_login(UserFactory(roles=["hr"]))
    return client


@pytest.mark.parametrize("page", [DASHBOARD, ROWS])
@pytest.mark.parametrize(
    "query", ["year=9999", "year=2026-02-30", "year=1e3", "unit=999999", "unit=x", "unit=%00"]
)
def test_a_year_or_unit_that_is_none_is_an_error(hr, page, query):
    assert hr.get(f"{page}?{query}").status_code == 400


def test_a_department_is_no_unit_to_choose(hr):
    department = UnitFactory(kind="department", parent=UnitFactory())

    assert hr.get(f"{DASHBOARD}?unit={department.pk}").status_code == 400


@pytest.mark.parametrize("page", [DASHBOARD, ROWS, "/hr/reports/"])
@pytest.mark.parametrize("query", ["units=1", "order_by=user__password", "page_size=1000000000"])
def test_an_unknown_filter_is_refused_and_named(hr, page, query):
    response = hr.get(f"{page}?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode()


@pytest.mark.parametrize("number", ["-1", "0", "9999999", "x"])
def test_a_page_that_is_none_is_the_nearest(hr, number):
    place = EnrolmentFactory(person=ProfileFactory().user, state="passed", completed_at=APPROVED_AT)

    response = hr.get(f"{ROWS}?year=2026&page={number}")

    assert list(response.context["page"]) == [place]


@pytest.mark.parametrize("path", ["luck/gap", "coverage/left"])
def test_a_figure_that_is_none_is_not_found(hr, path):
    assert hr.get(f"{DASHBOARD}{path}/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"kind": "salaries"}, {"format": "pdf"}, {"year": "9999"}, {"unit": "999999"}, {"kind": ""}],
)
def test_an_export_that_cannot_be_keeps_what_was_typed(hr, change):
    typed = {"kind": "subsidies", "format": "csv", "year": "2025"} | change

    response = hr.post(reverse("reports:export_start"), typed)

    form = response.context["form"]
    assert (response.status_code, list(form.errors), Job.objects.count()) == (400, [*change], 0)
    assert {key: form[key].value() for key in typed} == typed
    assert 'role="alert"' in response.content.decode()


def test_an_export_is_for_its_asker_alone(client, hr):
    answer = hr.post(
        reverse("reports:export_start"), {"kind": "completion", "format": "csv", "year": "2026"}
    )
    job = run_export(job_id=Job.objects.get().pk, clock=timezone.now)
    file = reverse("jobs:job_download", args=[job.pk])
    mine = hr.get(file)
    client.force_login(UserFactory(roles=["hr"]))

    assert answer.url == reverse("jobs:job_detail", args=[job.pk])
    assert "姓名" in b"".join(mine.streaming_content).decode("utf-8-sig")
    assert (client.get(file).status_code, client.get(answer.url).status_code) == (404, 404)


def test_what_the_export_form_holds_keeps_off_the_edge_of_its_panel(hr):
    text = hr.get("/hr/reports/").content.decode()

    form = text[text.index('action="/hr/reports/') :]
    assert form.index('class="panel-body') < form.index("<fieldset>")
