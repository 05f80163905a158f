"""Papers as PDF, by WeasyPrint, from our own templates and nothing else.

A paper may load the files beside its template in `templates/paper/` and reach nothing more: no
network, no `file:`, no `data:`. The same template and context give the same bytes.
"""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from kit.fonts import covered, face_for, has_quick_subsetting, missing_fonts, missing_glyphs

__all__ = [
    "PdfError",
    "covered",
    "face_for",
    "has_quick_subsetting",
    "missing_fonts",
    "missing_glyphs",
    "render_html",
    "render_pdf",
]

PAPER_DIR = Path(settings.BASE_DIR) / "templates" / "paper"
# `.invalid` can never resolve (RFC 2606): a relative address in a template lands here, and the
# fetcher answers it from PAPER_DIR.
BASE_URL = "https://paper.invalid/"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".ttf": "font/ttf"}
MAX_HTML_BYTES = 8 * 1024 * 1024
MAX_SECONDS = 120
_lock = threading.Lock()


class PdfError(Exception):
    """A paper could not be made; the text says why, for the person who runs the place."""


@cache
def _bundled(name: str) -> bytes:
    """A file of PAPER_DIR by its name; ValueError for anything else."""
    path = PAPER_DIR / name
    if path.parent != PAPER_DIR or path.suffix not in TYPES or not path.is_file():
        raise ValueError(f"papers may not load {name!r}")
    return path.read_bytes()


@cache
def _engine(process: int) -> tuple[Any, Any, Any, Any]:
    """(HTML, FontConfiguration, fetcher, fatal error), once per process: a new FontConfiguration
    for each paper leaks memory and is slower."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class BundledOnly(URLFetcher):
        """Serves the files beside the templates; any other address ends the rendering."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(BASE_URL)
            try:
                body = _bundled(name if name != url else "")
            except ValueError as error:
                raise FatalURLFetchingError(f"papers may not load {url[:200]!r}") from error
            return URLFetcherResponse(url, body, {"Content-Type": TYPES[Path(name).suffix]})

    for chatter in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatter).setLevel(logging.WARNING)
    if absent := missing_fonts():
        raise PdfError(f"fonts missing: {', '.join(absent)} (Debian: fonts-noto-cjk)")
    fetcher = BundledOnly(allowed_protocols=[], allow_redirects=False, fail_on_errors=True)
    return HTML, FontConfiguration(), fetcher, FatalURLFetchingError


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Stop a runaway layout. Works in a process's main thread, where Celery runs tasks."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def too_slow(_signal: int, _frame: Any) -> None:
        raise PdfError(f"the paper took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, too_slow)
    # Again and again: an exception raised inside a C callback of the layout is swallowed.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def render_html(html: str, *, max_seconds: int = MAX_SECONDS) -> bytes:
    """A PDF from HTML text. PdfError when it is too large, too slow, or reaches outside."""
    source = html.encode()
    if len(source) > MAX_HTML_BYTES:
        raise PdfError(f"the paper is larger than {MAX_HTML_BYTES} bytes")
    document, fonts, fetcher, fatal = _engine(os.getpid())
    try:
        with _lock, _time_limit(max_seconds):
            pdf: bytes = document(string=html, base_url=BASE_URL, url_fetcher=fetcher).write_pdf(
                font_config=fonts, pdf_identifier=sha256(source).digest()[:16]
            )
    except fatal as error:
        raise PdfError(str(error)) from error
    return pdf


def render_pdf(template_name: str, context: dict[str, Any]) -> bytes:
    """A PDF from a template under `templates/paper/`, e.g. `render_pdf("paper/roster.html", {…})`.

    Write `<link rel="stylesheet" href="paper.css">`: relative addresses are files of that folder.
    For equal bytes put dates into the context; a `<meta name="dcterms.created">` sets the PDF's.
    Never call it inside a transaction. Raises PdfError.
    """
    return render_html(render_to_string(template_name, context))
