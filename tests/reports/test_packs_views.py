"""Evidence packs as pages: who finds them, what they say, where their figures lead."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from exams.models import Assessment
from people.models import Profile
from tests.factories.certificates import make_certificate
from tests.factories.packs import packed_class, packed_place
from tests.factories.people import UserFactory
from tests.factories.training import EnrolmentFactory, place_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return packed_place(packed_class())


def class_pack(row):
    return reverse("reports:class_pack", args=[row.training_class_id])


def person_pack(row):
    return reverse("reports:person_pack", args=[row.training_class_id, row.pk])


def open_as(client, path, *roles, user=None):
    client.force_login(user or UserFactory(roles=list(roles)))
    return client.get(path)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("role", ["hr", "officer", "approver", "finance", "auditor"])
@pytest.mark.parametrize("path", [class_pack, person_pack])
def test_the_office_reads_every_pack(client, row, role, path):
    assert open_as(client, path(row), role).status_code == 200


@pytest.mark.parametrize("path", [class_pack, person_pack])
def test_a_trainer_reads_the_packs_of_the_own_class_without_money(client, row, path):
    trainer = row.training_class.trainers.get()

    mine = open_as(client, path(row), user=trainer)
    other = open_as(client, path(row), "trainer")

    assert (mine.status_code, other.status_code) == (200, 404)
    assert [section.key for section in mine.context["sections"]][-1] == "certificates"
    assert "3600.00" not in text_of(mine).replace(",", "")


@pytest.mark.parametrize("path", [class_pack, person_pack])
def test_a_trainee_finds_no_pack_of_the_office(client, row, path):
    assert open_as(client, path(row), user=row.person).status_code == 404


def test_a_person_is_found_in_the_own_class_alone(client, row):
    elsewhere = EnrolmentFactory()

    path = reverse("reports:person_pack", args=[row.training_class_id, elsewhere.pk])

    assert open_as(client, path, "hr").status_code == 404


def test_the_pages_say_the_figures(client, row):
    text = text_of(open_as(client, person_pack(row), "hr"))

    for figure in ("14.8 / 20.0", "40000 / 54000", "59.33", "48.00 / 60.00", "369***********001X",
                   "3,600.00", "2,880.00", "2 / 3"):  # fmt: skip
        assert figure in text


def test_the_masked_number_is_all_that_a_page_knows_of_it(client, row):
    profile = Profile.objects.get(user=row.person)

    content = open_as(client, person_pack(row), "hr").content.decode()

    assert profile.id_number_masked in content
    assert profile.id_number_sealed not in content
    assert profile.id_number_hash not in content


def test_figures_lead_to_pages_that_their_reader_may_open(client, row):
    certificate = make_certificate()
    result = certificate.assessment
    Assessment.objects.filter(pk=result.pk).update(scheme_snapshot=result.scheme.data)
    for role in ("hr", "officer", "approver", "finance", "auditor"):
        for each in (row, certificate.enrolment):
            page = open_as(client, person_pack(each), role)
            urls = {
                cell.url
                for section in page.context["sections"]
                for cell in [
                    *(fact[1] for fact in section.facts),
                    *(cell for table in section.tables for line in table.rows for cell in line),
                ]
                if cell.url
            }
            assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_a_trainer_reaches_the_sheets(client, row):
    page = open_as(client, class_pack(row), user=row.training_class.trainers.get())

    session = row.training_class.sessions.first()
    path = reverse("training:session_sheet", args=[row.training_class_id, session.pk])
    assert path in page.content.decode()
    assert client.get(path).status_code == 200


def test_people_come_in_pages_and_the_check_is_of_all(client, row, monkeypatch):
    monkeypatch.setattr("reports.views.packs.PEOPLE_A_PAGE", 1)
    made = row.training_class
    made.hr = UserFactory(roles=["hr"])
    other = place_in(made, name="后一页")

    first = open_as(client, class_pack(row), "hr")
    second = client.get(class_pack(row) + "?page=2")

    rosters = [page.context["sections"][4].tables[0].rows for page in (first, second)]
    assert [len(rows) for rows in rosters] == [1, 1]
    assert other.person.name in rosters[1][0][0].text
    checks = [page.context["sections"][0].tables[0].rows for page in (first, second)]
    assert checks[0] == checks[1]


def test_an_unknown_filter_is_refused(client, row):
    assert open_as(client, class_pack(row) + "?all=1", "hr").status_code == 400


def test_the_own_pack_is_for_its_person_alone(client, row):
    other = EnrolmentFactory()
    path = reverse("reports:own_pack", args=[row.pk])

    mine = open_as(client, path, user=row.person)
    stranger = open_as(client, path, user=other.person)

    assert (mine.status_code, stranger.status_code) == (200, 404)
    assert "评阅人甲" not in mine.content.decode()
    urls = {
        cell.url
        for section in mine.context["sections"]
        for table in section.tables
        for line in table.rows
        for cell in line
        if cell.url
    }
    client.force_login(row.person)
    assert {client.get(url).status_code for url in urls} == {200}


def test_the_list_of_own_packs_leads_to_each(client, row):
    page = open_as(client, reverse("reports:own_pack_list"), user=row.person)

    assert reverse("reports:own_pack", args=[row.pk]) in page.content.decode()
    nobody = open_as(client, reverse("reports:own_pack_list"), "trainee")
    assert nobody.context["places"] == []


def test_class_person_and_profile_lead_to_the_packs(client, row):
    hr = UserFactory(roles=["hr"])
    of_class = open_as(
        client, reverse("training:class_detail", args=[row.training_class_id]), user=hr
    )
    of_person = client.get(reverse("people:person_detail", args=[row.person_id]))
    profile = open_as(client, reverse("portal:own_profile"), user=row.person)
    teaching = open_as(
        client,
        reverse("training:teaching_class_detail", args=[row.training_class_id]),
        user=row.training_class.trainers.get(),
    )

    assert class_pack(row) in of_class.content.decode()
    assert person_pack(row) in of_person.content.decode()
    assert reverse("reports:own_pack_list") in profile.content.decode()
    assert class_pack(row) in teaching.content.decode()


def test_a_reader_of_people_without_packs_is_offered_none(client, row):
    page = open_as(client, reverse("people:person_detail", args=[row.person_id]), "administrator")

    assert page.context["pages"] == []


def test_a_page_speaks_english_too(client, row):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        text = text_of(open_as(client, person_pack(row), "hr"))

    assert "Below the required online hours (people: 1)" in text
