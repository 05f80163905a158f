import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.test import Client, RequestFactory

from lms.portal.middleware import PageHeadersMiddleware
from lms.portal.views.errors import csrf_failure
from tests.factories.people import UserFactory


@pytest.mark.parametrize("code", ["400", "403", "404", "405", "500", "503", "403_csrf"])
def test_an_error_page_needs_nothing(code):
    page = get_template(f"{code}.html").render()

    assert (page.count("<h1>"), code[:3] in page, "<style" in page) == (1, True, False)


@pytest.mark.django_db
def test_an_unknown_address_answers_404_in_our_frame(client):
    answer = client.get("/no-such-place/")

    assert (answer.status_code, b'class="brand"' in answer.content) == (404, True)


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_so():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/theme/", {"theme": "dark"})

    assert (answer.status_code, "403" in answer.content.decode()) == (403, True)


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so_in_our_frame(client):
    answer = client.get("/theme/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert (b'class="brand"' in answer.content, b'href="/"' in answer.content) == (True, True)


def test_csrf_failure_is_a_page():
    assert csrf_failure(RequestFactory().get("/")).status_code == 403


def test_a_locked_database_is_told_apart_from_a_fault():
    middleware = PageHeadersMiddleware(lambda request: HttpResponse())
    request = RequestFactory().post("/teach/")

    answer = middleware.process_exception(request, OperationalError("database is locked"))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert middleware.process_exception(request, ValueError()) is None
    assert middleware.process_exception(request, OperationalError("no such column: a")) is None


def headers_of(path="/", cookies=None, answer=None):
    request = HttpRequest()
    request.path, request.COOKIES = path, cookies or {}
    return PageHeadersMiddleware(lambda _request: answer or HttpResponse())(request).headers


def test_signed_in_pages_are_never_stored():
    assert headers_of(cookies={"sessionid": "x"})["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in headers_of()


def test_a_view_may_say_how_long_its_answer_lives():
    answer = HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert headers_of(cookies={"sessionid": "x"}, answer=answer)["Cache-Control"] == "max-age=60"


@pytest.mark.django_db
def test_own_pages_have_the_strict_policy_and_the_admin_its_own(client):
    client.force_login(UserFactory(roles=["hr"]))

    own = client.get("/hr/").headers["Content-Security-Policy"]
    admin = client.get("/admin/").headers["Content-Security-Policy"]

    assert ("unsafe" in own, "frame-ancestors 'none'" in own, "default-src 'self'" in own) == (
        False,
        True,
        True,
    )
    assert ("'unsafe-inline'" in admin, "frame-ancestors 'self'" in admin) == (True, True)
