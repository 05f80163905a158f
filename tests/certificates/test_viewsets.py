"""Certificate schemes in the Wagtail admin."""

import pytest
from django.urls import reverse

from audit.models import AuditRow
from certificates.models import CertificateScheme
from people.models import User
from people.services import sync_roles
from tests.factories.certificates import make_certificate
from tests.factories.people import UserFactory
from tests.factories.training import ProgrammeFactory

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "电商运营岗位能力提升培训", "issuer_name": "示例学校", "issuer_uscc": "",
    "issuer_code": "demo", "kind_code": "yy", "validity_months": "36", "basis": "",
    "signatories": "培训负责人\n考核负责人", "language": "zh-hans",
}  # fmt: skip


@pytest.fixture
def officer(client):
    sync_roles()
    client.force_login(UserFactory(roles=["officer"]))


def test_an_officer_makes_the_scheme_of_a_programme(client, officer):
    programme = ProgrammeFactory()
    url = reverse("certificatescheme:add")

    opened = client.get(url)
    client.post(url, {**WORDS, "programme": programme.pk})

    made = CertificateScheme.objects.get()
    assert next(iter(opened.context["form"].fields)) == "programme"
    assert (made.programme, made.issuer_code, made.kind_code) == (programme, "DEMO", "YY")
    assert made.signatories == ["培训负责人", "考核负责人"]
    assert AuditRow.objects.get(action="certificates.scheme_saved").object_id == str(made.pk)


def test_a_change_reaches_no_certificate_that_was_issued(client, officer):
    certificate = make_certificate()
    scheme = CertificateScheme.objects.get()
    before = {f.attname: getattr(certificate, f.attname) for f in certificate._meta.fields}
    other = ProgrammeFactory()

    data = {**WORDS, "issuer_name": "别的学校", "programme": other.pk}
    client.post(reverse("certificatescheme:edit", args=[scheme.pk]), data)

    scheme.refresh_from_db()
    certificate.refresh_from_db()
    assert (scheme.issuer_name, scheme.programme_id == other.pk) == ("别的学校", False)
    assert {f.attname: getattr(certificate, f.attname) for f in certificate._meta.fields} == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "国家级运营师"),
        ("issuer_code", "X"),
        ("issuer_uscc", "123"),
        ("validity_months", "0"),
        ("kind_code", "长"),
    ],
)
def test_wording_that_may_not_be_printed_is_named(client, officer, field, value):
    data = {**WORDS, "programme": ProgrammeFactory().pk, field: value}

    answer = client.post(reverse("certificatescheme:add"), data)

    assert field in answer.context["form"].errors
    assert not CertificateScheme.objects.exists()


def test_a_programme_has_one_scheme(client, officer):
    programme = make_certificate().enrolment.training_class.programme

    answer = client.post(reverse("certificatescheme:add"), {**WORDS, "programme": programme.pk})

    assert "programme" in answer.context["form"].errors


def test_a_superuser_is_told_that_officers_keep_schemes(client, officer):
    client.force_login(User.objects.create_superuser("ROOT", "password", name="x"))

    data = {**WORDS, "programme": ProgrammeFactory().pk}
    answer = client.post(reverse("certificatescheme:add"), data)

    assert "考务" in answer.content.decode()
    assert not CertificateScheme.objects.exists()
