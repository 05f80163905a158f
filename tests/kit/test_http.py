import io

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from kit.http import (
    clean_file_name,
    disposition,
    only_filters,
    posted_from,
    private_file_response,
    typed_number,
    typed_text,
)
from kit.storage import private_storage


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("c:\\temp\\成绩 表.xlsx", "成绩 表.xlsx"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        (".htaccess", "htaccess"),
        ("", "download"),
        ("名" * 300 + ".pdf", "名" * 117 + ".pdf"),
        ("x" * 300, "x" * 120),
        ('a"b.pdf', "a_b.pdf"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_file_name(name) == clean


def test_the_header_carries_an_ascii_name_and_the_real_one():
    assert disposition("证书.pdf") == (
        "attachment; filename=\"download.pdf\"; filename*=UTF-8''%E8%AF%81%E4%B9%A6.pdf"
    )
    assert disposition("a b.csv") == "attachment; filename=\"a b.csv\"; filename*=UTF-8''a%20b.csv"
    assert (
        disposition("证书")
        == "attachment; filename=\"download\"; filename*=UTF-8''%E8%AF%81%E4%B9%A6"
    )
    assert disposition("a.文") == "attachment; filename=\"download\"; filename*=UTF-8''a.%E6%96%87"


@given(st.text(max_size=80))
def test_no_name_breaks_the_header(name):
    header = disposition(name)

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.pdf", "application/pdf"),
        ("a.html", "application/octet-stream"),
        ("a.svg", "application/octet-stream"),
        ("a.xhtml", "application/octet-stream"),
        ("a.js", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_nothing_runs_in_our_origin(name, content_type):
    response = private_file_response(io.BytesIO(b"data"), name)

    assert response["Content-Type"] == content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.getvalue() == b"data"


def test_a_path_and_a_stored_file_are_opened(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"path")
    stored = private_storage().save("test/a.txt", ContentFile(b"stored"))
    field = type("Field", (), {"storage": private_storage(), "name": stored})()

    assert private_file_response(path, "a.txt").getvalue() == b"path"
    assert private_file_response(field, "a.txt").getvalue() == b"stored"
    private_storage().delete(stored)


@only_filters("q", "page")
def shelf(request):
    return HttpResponse("shown")


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 200), ("q=a&page=2", 200), ("q=", 200), ("qq=a", 400), ("q=a&unit=3", 400),
     ("q=a%00", 400), ("%00=1", 400)],
)  # fmt: skip
def test_only_known_filters_are_taken(query, status):
    assert shelf(RequestFactory().get(f"/?{query}")).status_code == status


def test_a_filter_that_is_not_known_is_named_and_never_run_as_markup():
    page = shelf(RequestFactory().get("/", {"<script>": "1"})).content.decode()

    assert ("&lt;script&gt;" in page, "<script>" in page.partition("<main")[2]) == (True, False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("", None),
        (None, None),
        ("²", None),
        ("１", None),
        ("-1", None),
        ("9" * 19, None),
    ],
)
def test_a_number_is_plain_digits_that_fit_a_key(text, number):
    assert typed_number(text) == number


def test_a_text_has_no_nul():
    assert (typed_text({"a": "x\x00y"}, "a"), typed_text({}, "a")) == ("xy", "")


@posted_from("learning:lesson_detail", "pk", anchor="#check-{block_id}")
def taken(request, pk, block_id):
    return HttpResponse("taken")


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_form_address_opened_like_a_page_leads_to_the_page_of_the_form(method):
    answer = taken(getattr(RequestFactory(), method)("/"), pk=6, block_id="a1")

    assert (answer.status_code, answer.url) == (302, "/learn/lessons/6/#check-a1")


@pytest.mark.parametrize(("method", "status"), [("post", 200), ("put", 405)])
def test_a_form_address_takes_forms_only(method, status):
    assert taken(getattr(RequestFactory(), method)("/"), pk=6, block_id="a1").status_code == status
