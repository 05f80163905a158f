"""A private file in parts: what a player needs to seek and a phone to go on where it stopped."""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from kit.http import disposition

CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that a Range header asks for; None for the whole file.

    Several ranges at once, what is not in bytes and a range that ends before it begins (invalid:
    RFC 9110, 14.1.1) get the whole. ValueError where the file has no such bytes.
    """
    found = RANGE.fullmatch(header.strip())
    if found is None or found.group() == "bytes=-":
        return None
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return None
    if not first:
        begin, end = max(0, size - int(last)), size - 1
    else:
        begin, end = int(first), min(int(last or size - 1), size - 1)
    if begin > end or (not first and not int(last)):
        raise ValueError(header)
    return begin, end


def ranged_file_response(
    request: HttpRequest, file: Any, *, size: int, content_type: str, etag: str, save_as: str = ""
) -> HttpResponseBase:
    """A stored file field, whole or the part that is asked for (206, or 416 where there is none).

    With `save_as` it is offered for saving under that name, else shown in place. The browser
    may keep it for this person and asks again each time. The caller has asked for permission
    and vouches that `content_type` is none that a browser would run.
    """
    tag = f'"{etag}"'
    if request.headers.get("If-None-Match") == tag:
        return _headed(HttpResponse(status=304), tag, save_as)
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", tag) != tag:
        header = ""
    try:
        part = asked_range(header, size)
    except ValueError:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return _headed(refused, tag, save_as)
    begin, end = part or (0, size - 1)
    body = () if request.method == "HEAD" else _bytes(file, begin, end)
    answer = StreamingHttpResponse(body, status=206 if part else 200, content_type=content_type)
    answer["Content-Length"] = str(end - begin + 1)
    if part:
        answer["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return _headed(answer, tag, save_as)


def _headed(answer: HttpResponseBase, tag: str, save_as: str) -> HttpResponseBase:
    answer["ETag"] = tag
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Content-Disposition"] = disposition(save_as) if save_as else "inline"
    return answer


def _bytes(file: Any, begin: int, end: int) -> Iterator[bytes]:
    handle: IO[bytes]
    with file.storage.open(file.name, "rb") as handle:
        handle.seek(begin)
        left = end - begin + 1
        while left and (chunk := handle.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
