"""What a site still lacks, told to those who can set it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from certificates.models import CertificateScheme
from lms.portal.gaps import NEEDED, rows_for, site_gaps
from people.services import sync_roles
from tests.factories.certificates import CertificateSchemeFactory
from tests.factories.people import UserFactory
from tests.factories.subsidies import make_policy
from tests.factories.training import ProgrammeFactory, ready_programme

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 13)


def whats():
    with translation.override("en"):
        return [gap.what for gap in site_gaps(ON)]


def complete():
    for role in NEEDED:
        UserFactory(roles=[role])
    CertificateSchemeFactory(programme=ready_programme())
    make_policy()


def test_a_site_with_nothing_lacks_everything():
    UserFactory(roles=["hr"])
    UserFactory(roles=["trainer"], is_active=False)

    assert whats() == [
        "Nobody has these roles yet: trainer、grader、exam officer、approver",
        "There is no programme yet",
        "No subsidy policy is in force",
    ]


def test_a_programme_is_looked_at_piece_by_piece():
    complete()
    ProgrammeFactory(title="甲", issuer="")

    assert whats() == [
        "甲 has no theory exam or no published assessment scheme",
        "甲 names no training body",
        "甲 has no certificate scheme",
    ]


def test_a_scheme_that_is_a_draft_opens_no_class():
    complete()
    scheme = CertificateScheme.objects.get().programme.assessment_scheme
    type(scheme).objects.update(published_at=None)

    assert len(whats()) == 1


def test_a_site_that_works_lacks_nothing(client):
    complete()
    client.force_login(UserFactory(roles=["hr"]))

    assert whats() == []
    assert "还需设置" not in client.get(reverse("portal:hr_home")).content.decode()


def test_everybody_reads_who_sets_it_and_gets_a_link_to_his_own():
    ProgrammeFactory(issuer="")

    rows = rows_for(UserFactory(roles=["hr"]), ON)

    mine = [bool(row["url"]) for row in rows]
    assert mine == [False, True, True, False, False]
    assert [str(row["gap"].role) for row in rows] == [
        "administrator", "hr", "hr", "officer", "administrator",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "page", "told"),
    [("hr", "portal:hr_home", True), ("finance", "portal:hr_home", False),
     ("administrator", "wagtailadmin_home", True), ("officer", "wagtailadmin_home", True),
     ("author", "wagtailadmin_home", False)],
)  # fmt: skip
def test_it_stands_on_the_start_pages_of_those_who_set_it(client, role, page, told):
    sync_roles()
    client.force_login(UserFactory(roles=[role]))

    words = client.get(reverse(page)).content.decode()

    assert ("本站还需设置" in words) is told


def test_the_list_asks_a_fixed_number_of_questions(django_assert_num_queries):
    complete()
    for _number in range(3):
        ProgrammeFactory(issuer="")

    with django_assert_num_queries(3):
        site_gaps(ON)


@pytest.mark.parametrize(("role", "told"), [("administrator", True), ("editor", False)])
def test_the_admin_leads_back_to_the_platform(client, role, told):
    sync_roles()
    client.force_login(UserFactory(roles=[role]))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert (f'"{reverse("people:role_list")}"' in page) is told
    assert f'"{reverse("people:own_account")}"' in page
