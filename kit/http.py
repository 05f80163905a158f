"""Answers that carry a private file, and requests that ask for what a page does not have."""

import mimetypes
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

LONGEST_NAME = 120
# Types a browser would run in our own origin.
_ACTIVE = re.compile(r"html|svg|xml|javascript|ecmascript|x-shockwave")


def bad_request(request: HttpRequest, reason: str) -> HttpResponse:
    """The 400 page with the reason and what to do."""
    return render(request, "400.html", {"reason": reason}, status=400)


def only_filters(
    *names: str,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A page whose address may carry these parameters and no others.

    A filter that is not known is refused: left out in silence it would show everybody's rows.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            unknown = sorted(set(request.GET) - set(names))
            if unknown:
                told = _("This page has no filter “%(names)s”. Take it out of the address.")
                return bad_request(request, told % {"names": "、".join(unknown)[:80]})
            if any("\x00" in text for texts in request.GET.lists() for text in texts[1]):
                told = _("There is an invisible control character in the address. Type it again.")
                return bad_request(request, told)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def posted_from(
    page: str, *names: str, anchor: str = ""
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view that takes forms of `page` and nothing else; whoever opens it is sent to that page.

    After a session has ended, signing in leads to the address the form was sent to, as a GET.
    `names` are the parameters both addresses share; `anchor` is filled from all parameters.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        take = require_POST(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in ("GET", "HEAD"):
                url = reverse(page, kwargs={name: kwargs[name] for name in names})
                return HttpResponseRedirect(url + anchor.format(**kwargs))
            return take(request, *args, **kwargs)

        return guarded

    return decorate


def typed_text(data: Mapping[str, str], name: str) -> str:
    """A text of a form that no form class reads, without NUL, which PostgreSQL cannot keep."""
    return data.get(name, "").replace("\x00", "")


def typed_number(text: str | None) -> int | None:
    """A whole number in plain digits that fits a key; None for anything else ("²", "9"×5000)."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,18}", text) else None


def clean_file_name(name: str) -> str:
    """A name safe to offer for saving: no path, no control or direction marks, not hidden."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        "_" if character in '<>:"|?*%' else character
        for character in base
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    ).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: LONGEST_NAME - len(suffix)]}.{suffix}"
    return kept[:LONGEST_NAME] or "download"


def disposition(name: str) -> str:
    """An RFC 6266 attachment header: an ASCII name for old readers, RFC 8187 for the real one."""
    clean = clean_file_name(name)
    suffix = clean.rpartition(".")[2] if "." in clean else ""
    plain = clean if clean.isascii() else f"download.{suffix}" if suffix.isascii() else "download"
    plain = plain.rstrip(".")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def private_file_response(file: Any, name: str) -> FileResponse:
    """A file that only its asker may have: saved, never shown or kept by the browser or a cache.

    `file` is a stored file field, an open binary file or a path. The caller has asked whether
    this person may have it.
    """
    response = FileResponse(_opened(file), content_type=_safe_type(name))
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _opened(file: Any) -> IO[bytes]:
    if isinstance(file, Path):
        return file.open("rb")
    if hasattr(file, "storage"):  # a FieldFile may have been read before: open it afresh
        opened: IO[bytes] = file.storage.open(file.name, "rb")
        return opened
    handle: IO[bytes] = file
    return handle


def _safe_type(name: str) -> str:
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return "application/octet-stream" if _ACTIVE.search(guessed) else guessed
