import pytest
from django.urls import reverse

from certificates.models import Certificate, Revocation
from tests.factories.certificates import APPROVED_AT, make_certificate, make_pass
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def officer():
    return UserFactory(roles=["officer"])


def name(certificate, view):
    return reverse(f"certificates:{view}", args=[certificate.uid])


def test_an_empty_wall_says_when(as_):
    text = as_(UserFactory(roles=["trainee"])).get("/me/certificates/").content.decode()

    assert "还没有证书" in text


def test_the_wall_shows_each_state(as_):
    certificate = make_certificate()

    text = as_(certificate.person).get("/me/certificates/").content.decode()

    assert certificate.number in text
    assert name(certificate, "certificate_file") in text
    assert f"/verify/{certificate.code}/" in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "稍后即可下载"),
        ({"stuck_code": "no_identity"}, "考务正在处理"),
        ({"state": "revoked", "revoked_at": APPROVED_AT}, "已吊销这张证书"),
    ],
)
def test_the_wall_without_a_paper(as_, change, said):
    certificate = make_certificate(rendered=False)
    Certificate.objects.update(**change)

    text = as_(certificate.person).get("/me/certificates/").content.decode()

    assert said in text
    assert name(certificate, "certificate_file") not in text


def test_the_holder_downloads(as_):
    certificate = make_certificate()

    response = as_(certificate.person).get(name(certificate, "certificate_file"))

    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    assert certificate.number in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_a_revoked_paper_stays_with_the_office(as_, officer):
    certificate = make_certificate()
    Certificate.objects.update(state="revoked", revoked_at=APPROVED_AT)

    assert as_(certificate.person).get(name(certificate, "certificate_file")).status_code == 404
    assert as_(officer).get(name(certificate, "certificate_file")).status_code == 200


def test_no_paper_no_file(as_):
    certificate = make_certificate(rendered=False)

    assert as_(certificate.person).get(name(certificate, "certificate_file")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?state=stuck", True),
        ("?state=valid", False),
        ("?state=nonsense&page=99", True),
        ("?q=000001", True),
        ("?q=nobody", False),
    ],
)
def test_the_office_filters(as_, officer, query, found):
    certificate = make_certificate(identity=False)

    text = as_(officer).get(f"/office/certificates/{query}").content.decode()

    assert (certificate.number in text) is found
    assert "制作受阻" in text


def test_a_stuck_paper_shows_its_reason_and_is_started_again(as_, officer):
    certificate = make_certificate(identity=False)
    client = as_(officer)

    text = client.get(name(certificate, "office_detail")).content.decode()
    response = client.post(name(certificate, "paper_rerun"), follow=True)

    assert "没有登记持证人的证件号码" in text
    assert "正在重新制作" in response.content.decode()


def test_a_made_paper_is_not_started_again(as_, officer):
    certificate = make_certificate()

    response = as_(officer).post(name(certificate, "paper_rerun"), follow=True)

    assert "已经生成" in response.content.decode()


def test_a_revocation_from_end_to_end(as_, officer):
    certificate = make_certificate()
    url = name(certificate, "revocation_request")

    empty = as_(officer).post(url, {"ground": "records", "note": ""})
    asked = as_(officer).post(url, {"ground": "records", "note": "经查不实"})
    twice = as_(officer).post(url, {"ground": "records", "note": "经查不实"})
    decide = reverse("certificates:revocation_decide", args=[Revocation.objects.get().pk])
    approver = as_(UserFactory(roles=["approver"]))
    page = approver.get(name(certificate, "office_detail")).content.decode()
    approver.post(decide, {"decision": "confirm"})
    late = approver.post(decide, {"decision": "decline"}, follow=True)

    certificate.refresh_from_db()
    assert (empty.status_code, asked.status_code, twice.status_code) == (422, 302, 422)
    assert decide in page
    assert certificate.state == "revoked"
    assert "已经处理" in late.content.decode()


def test_a_request_is_declined(as_, officer):
    certificate = make_certificate(rendered=False)
    url = name(certificate, "revocation_request")
    as_(officer).post(url, {"ground": "records", "note": "经查不实"})
    decide = reverse("certificates:revocation_decide", args=[Revocation.objects.get().pk])

    as_(UserFactory(roles=["approver"])).post(decide, {"decision": "decline"})

    assert Revocation.objects.get().state == "declined"


@pytest.mark.parametrize("decision", [{}, {"decision": ""}, {"decision": "Confirm"}])
def test_a_decision_that_is_neither_decides_nothing(as_, officer, decision):
    url = name(make_certificate(rendered=False), "revocation_request")
    as_(officer).post(url, {"ground": "records", "note": "经查不实"})
    decide = reverse("certificates:revocation_decide", args=[Revocation.objects.get().pk])

    answer = as_(UserFactory(roles=["approver"])).post(decide, decision)

    assert (answer.status_code, Revocation.objects.get().state) == (400, "open")


def test_a_search_with_nul_is_refused(as_, officer):
    assert as_(officer).get("/office/certificates/", {"q": "a\x00"}).status_code == 400


def test_passes_without_a_certificate_are_issued_from_the_list(as_, officer):
    from tests.factories.certificates import CertificateSchemeFactory

    assessment = make_pass(scheme=False)
    client = as_(officer)
    before = client.get("/office/certificates/").content.decode()
    CertificateSchemeFactory(programme=assessment.person.enrolments.get().training_class.programme)

    client.post("/office/certificates/missing/")

    assert "还没有证书" in before
    assert Certificate.objects.count() == 1


def test_str():
    certificate = make_certificate(rendered=False)

    assert str(certificate) == certificate.number
    assert str(certificate.scheme) == certificate.scheme.title


def test_anonymous_people_hold_nothing():
    from django.contrib.auth.models import AnonymousUser

    make_certificate(rendered=False)

    assert list(Certificate.objects.visible_to(AnonymousUser())) == []
