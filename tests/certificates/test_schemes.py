import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from certificates.models import CertificateScheme
from certificates.services import save_scheme
from kit.refusing import Refused
from tests.factories.certificates import APPROVED_AT, CertificateSchemeFactory, make_certificate
from tests.factories.people import UserFactory
from tests.factories.training import ProgrammeFactory

pytestmark = pytest.mark.django_db

GOOD = {
    "title": "电商运营岗位能力提升培训",
    "issuer_name": "赣鄱云商职业培训学校（示例）",
    "issuer_code": "DEMO",
    "kind_code": "YY",
    "validity_months": 36,
}


@pytest.fixture
def officer(client):
    user = UserFactory(roles=["officer"])
    client.force_login(user)
    return user


def save(programme=None, by=None, **more):
    return save_scheme(
        programme=programme or ProgrammeFactory(), by=by, at=APPROVED_AT, **GOOD | more
    )


def test_a_scheme_is_made_and_changed(officer):
    scheme = save(by=officer)

    again = save(scheme.programme, by=officer, kind_code="CY")

    assert (again.pk, again.kind_code) == (scheme.pk, "CY")


def test_issued_certificates_keep_their_words(officer):
    certificate = make_certificate()

    save(certificate.scheme.programme, by=officer, title="另一个名称")

    certificate.refresh_from_db()
    assert certificate.snapshot["programme"] == "电商运营岗位能力提升培训（2026年第一季度）"


def test_only_officers():
    with pytest.raises(Refused, match=r"考务|officers"):
        save(by=UserFactory(roles=["hr"]))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "国家职业资格培训"}, "title"),
        ({"title": "训" * 81}, "title"),
        ({"title": "运营师培训"}, "title"),
        ({"title": "··"}, "title"),
        ({"issuer_code": "demo-1"}, "issuer_code"),
        ({"kind_code": "YYY"}, "kind_code"),
        ({"issuer_uscc": "123"}, "issuer_uscc"),
    ],
)
def test_what_may_not_be_printed_is_refused_by_field(more, field):
    with pytest.raises(ValidationError) as error:
        save(**more)

    assert list(error.value.message_dict) == [field]
    assert not CertificateScheme.objects.exists()


def test_a_good_credit_code_is_kept():
    assert save(issuer_uscc="52369900ma0dem013j").issuer_uscc == "52369900MA0DEM013J"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"issuer_code": "x"}, "issuer_code_fits"),
        ({"kind_code": "?"}, "kind_code_fits"),
        ({"validity_months": 0}, "validity_is_positive"),
    ],
)
def test_the_database_refuses(change, name):
    scheme = CertificateSchemeFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CertificateScheme.objects.filter(pk=scheme.pk).update(**change)


def post(client, programme, **more):
    data = GOOD | {"signatories": "甲\n乙\n", "language": "zh-hans"} | more
    return client.post(reverse("certificates:scheme_edit", args=[programme.pk]), data)


def test_the_screen_saves(client, officer):
    programme = ProgrammeFactory()

    response = post(client, programme, issuer_code=" demo ")

    scheme = CertificateScheme.objects.get()
    assert response.status_code == 302
    assert (scheme.issuer_code, scheme.signatories) == ("DEMO", ["甲", "乙"])


@pytest.mark.parametrize(
    ("more", "said"),
    [({"title": "全国运营培训"}, "“全国”"), ({"signatories": "1\n2\n3"}, "最多两项")],
)
def test_the_screen_keeps_what_was_typed_and_says_why(client, officer, more, said):
    response = post(client, ProgrammeFactory(), **more)

    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert GOOD["issuer_name"] in text


def test_a_new_scheme_begins_with_the_programme(client, officer):
    programme = ProgrammeFactory(title="跨境电商培训")

    text = client.get(reverse("certificates:scheme_edit", args=[programme.pk])).content.decode()

    assert 'value="跨境电商培训"' in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    client, officer, django_assert_max_num_queries, count
):
    CertificateSchemeFactory.create_batch(count)
    ProgrammeFactory()
    client.get(reverse("certificates:scheme_list"))

    with django_assert_max_num_queries(6):
        assert client.get(reverse("certificates:scheme_list")).status_code == 200
