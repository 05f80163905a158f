import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from certificates.services import verifying
from certificates.services.verifying import MISSING, look_up_code, look_up_number, may_ask
from tests.factories.certificates import APPROVED_AT, make_certificate
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOBODY = "7ZK4M0Q9V2XH6T1D8RBW3CNEFJ"


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()


def revoke(certificate):
    from certificates.services import decide_revocation, request_revocation

    officer, approver = UserFactory(roles=["officer"]), UserFactory(roles=["approver"])
    revocation = request_revocation(
        certificate=certificate, ground="records", note="内部", by=officer, at=APPROVED_AT
    )
    decide_revocation(revocation=revocation, confirm=True, by=approver, at=APPROVED_AT)


def test_a_valid_code_is_answered_without_the_name_and_number_of_the_holder():
    certificate = make_certificate()

    answer = look_up_code(text=certificate.code, at=APPROVED_AT)

    assert answer.state == "valid"
    assert (answer.facts["name"], answer.facts["hours"]) == ("陈*", "40")
    assert "369" not in str(answer.facts)


def test_a_code_is_read_as_people_type_it():
    certificate = make_certificate()
    typed = certificate.code.lower().replace("0", "o").replace("1", "l")
    typed = "-".join(re.findall("..?", typed))

    assert look_up_code(text=typed, at=APPROVED_AT).state == "valid"


def test_expired():
    certificate = make_certificate()

    answer = look_up_code(text=certificate.code, at=APPROVED_AT.replace(year=2030))

    assert answer.state == "expired"


def test_revoked_names_its_ground_and_never_the_note():
    certificate = make_certificate()
    revoke(certificate)

    answer = look_up_code(text=certificate.code, at=APPROVED_AT)

    assert answer.state == "revoked"
    assert answer.facts["revoked_at"] == APPROVED_AT
    assert "内部" not in str(answer.facts)


@pytest.mark.parametrize("code", ["", "x", NOBODY, "U" * 26, "7ZK4" * 60, "'; --", "\x00"])
def test_what_is_not_there_has_one_answer(code):
    assert look_up_code(text=code, at=APPROVED_AT) is MISSING


def test_a_paper_that_waits_is_not_there():
    certificate = make_certificate(rendered=False)

    assert look_up_code(text=certificate.code, at=APPROVED_AT) is MISSING


def test_revoked_before_it_was_made_is_not_there():
    certificate = make_certificate(rendered=False)
    revoke(certificate)

    assert look_up_code(text=certificate.code, at=APPROVED_AT) is MISSING


@pytest.mark.parametrize(
    ("surname", "state"), [("陈", "valid"), ("陈晓岚", "valid"), ("王", "missing"), ("", "missing")]
)
def test_number_and_surname(surname, state):
    certificate = make_certificate()
    typed = certificate.number.lower()

    assert look_up_number(number=typed, surname=surname, at=APPROVED_AT).state == state


def test_an_unknown_number():
    assert look_up_number(number="DEMO-2026-YY-000001H", surname="陈", at=APPROVED_AT) is MISSING


def test_thirty_questions_a_minute():
    asked = [may_ask(address="10.0.0.1", at=APPROVED_AT) for _unused in range(31)]

    assert (asked[:30], asked[30]) == ([True] * 30, False)
    assert may_ask(address="10.0.0.2", at=APPROVED_AT) is True
    assert may_ask(address="10.0.0.1", at=APPROVED_AT.replace(minute=1)) is True


def test_a_lost_count_never_shuts_the_door(monkeypatch):
    def lost(key):
        raise ValueError

    monkeypatch.setattr(verifying.cache, "incr", lost)

    assert may_ask(address="10.0.0.1", at=APPROVED_AT) is True


def get(path, method="get", client=None, **data):
    return getattr(client or Client(), method)(path, data)


def bare(response):
    """The page without its clock."""
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "", response.content.decode())
    return response.status_code, re.sub(r'value="[^"]*"', "", text)


def test_the_page_of_a_valid_certificate():
    certificate = make_certificate()

    response = get(reverse("certificates:verify_code", args=[certificate.code]))

    text = response.content.decode()
    assert response.status_code == 200
    assert [
        word for word in ("有效", certificate.number, "陈*", "演示样张 · 无效") if word not in text
    ] == []
    assert "陈晓岚" not in text
    assert "369" not in text.replace(certificate.number, "")
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response.cookies == {}


@pytest.mark.parametrize("change", ["expired", "revoked"])
def test_the_page_of_the_other_states(change):
    certificate = make_certificate()
    if change == "revoked":
        revoke(certificate)
    else:
        type(certificate).objects.update(issued_on="2020-01-01", expires_on="2021-01-01")

    text = get(reverse("certificates:verify_code", args=[certificate.code])).content.decode()

    assert {"expired": "已过期", "revoked": "培训记录经查不实"}[change] in text


def test_head_is_answered():
    certificate = make_certificate()

    response = get(reverse("certificates:verify_code", args=[certificate.code]), "head")

    assert (response.status_code, response.content) == (200, b"")


def test_unknown_malformed_and_too_many_look_alike():
    certificate = make_certificate()
    unknown = bare(get(f"/verify/{NOBODY}/"))
    malformed = bare(get("/verify/nonsense/"))
    for _unused in range(31):
        get("/verify/nonsense/")
    limited = bare(get(f"/verify/{certificate.code}/"))

    assert unknown[0] == 404
    assert unknown == malformed == limited


def test_wrong_surname_and_unknown_number_look_alike_without_any_cookie():
    certificate = make_certificate()
    client = Client(enforce_csrf_checks=True)

    wrong = get("/verify/", "post", client, number=certificate.number, surname="王")
    unknown = get("/verify/", "post", client, number="DEMO-2026-YY-0000029", surname="王")

    assert bare(wrong) == bare(unknown)
    assert client.cookies == {}


def test_the_form_answers_and_keeps_what_was_typed():
    certificate = make_certificate()

    right = get("/verify/", "post", number=certificate.number, surname="陈").content.decode()
    wrong = get("/verify/", "post", number="<b>x", surname="陈").content.decode()

    assert "有效" in right
    assert "&lt;b&gt;x" in wrong


def test_the_limit_holds_for_the_form_too():
    certificate = make_certificate()
    for _unused in range(30):
        get("/verify/", "post", number="x", surname="x")

    response = get("/verify/", "post", number=certificate.number, surname="陈")

    assert response.status_code == 404


def test_english_on_request():
    response = Client().get("/verify/", headers={"accept-language": "en"})

    assert "Check a certificate" in response.content.decode()
