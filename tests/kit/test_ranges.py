import io
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from kit.ranges import asked_range, ranged_file_response

DATA = bytes(range(256)) * 4
FILE = SimpleNamespace(name="x", storage=SimpleNamespace(open=lambda name, mode: io.BytesIO(DATA)))


def answer(method="get", save_as="", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return ranged_file_response(
        request, FILE, size=len(DATA), content_type="video/mp4", etag="abc", save_as=save_as
    )


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None), ("bytes=-", None), ("bytes=0-1,4-5", None), ("lines=0-1", None),
        ("bytes=5-4", None), ("bytes=10-5", None), ("bytes=500-400", None),
        ("bytes=0-", (0, 99)), ("bytes=10-19", (10, 19)), ("bytes=90-500", (90, 99)),
        ("bytes=-5", (95, 99)), ("bytes=-500", (0, 99)),
    ],
)  # fmt: skip
def test_the_bytes_that_are_asked_for(header, part):
    assert asked_range(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_bytes_that_are_not_there(header):
    with pytest.raises(ValueError, match="bytes"):
        asked_range(header, 100)


@given(st.from_regex(r"bytes=\d{0,4}-\d{0,4}", fullmatch=True), st.integers(1, 500))
def test_an_answer_lies_within_the_file(header, size):
    try:
        part = asked_range(header, size)
    except ValueError:
        return
    assert part is None or 0 <= part[0] <= part[1] < size


def test_the_whole_file_is_shown_in_place_and_asked_for_again():
    got = answer()

    assert (got.status_code, body(got)) == (200, DATA)
    assert got["Content-Length"] == "1024"
    assert got["Accept-Ranges"] == "bytes"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Cache-Control"] == "private, no-cache"
    assert got["Content-Disposition"] == "inline"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_part_is_answered_with_its_place():
    got = answer(range="bytes=256-511")

    assert (got.status_code, body(got)) == (206, bytes(range(256)))
    assert got["Content-Range"] == "bytes 256-511/1024"
    assert got["Content-Length"] == "256"


def test_a_range_that_ends_before_it_begins_is_ignored():
    got = answer(range="bytes=10-5")

    assert (got.status_code, body(got), "Content-Range" in got) == (200, DATA, False)


def test_no_such_part():
    got = answer(range="bytes=5000-")

    assert (got.status_code, got["Content-Range"]) == (416, "bytes */1024")


def test_a_file_to_keep_is_offered_for_saving():
    assert answer(save_as="表.pdf")["Content-Disposition"].startswith("attachment;")


def test_what_has_not_changed_is_not_sent_again():
    assert answer(**{"if-none-match": '"abc"'}).status_code == 304


def test_a_part_of_another_version_is_the_whole():
    assert answer(range="bytes=0-1", **{"if-range": '"other"'}).status_code == 200
    assert answer(range="bytes=0-1", **{"if-range": '"abc"'}).status_code == 206


def test_a_head_request_gets_no_body():
    got = answer("head")

    assert (body(got), got["Content-Length"]) == (b"", "1024")
