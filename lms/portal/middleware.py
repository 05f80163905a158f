"""Headers every page needs, and plain answers where a page has none of its own."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from lms.portal.views.errors import busy, only_forms

log = logging.getLogger("lms.portal")
GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Wagtail's admin writes styles and scripts into its pages; nothing of ours does.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; frame-ancestors 'self'; form-action 'self'; base-uri 'self'; "
    "object-src 'none'"
)


class PageHeadersMiddleware:
    """Nothing personal stays in a cache; the admin has its own content policy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content:
            answer = only_forms(request, answer["Allow"])
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if (signed_in or answer.cookies) and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "no-store, private"
        if request.path.startswith("/admin/"):
            answer["Content-Security-Policy"] = ADMIN_POLICY
        answer["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=()"
        return answer

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A database that stays locked or away is told apart from a fault of ours."""
        if not isinstance(fault, OperationalError) or "no such" in str(fault):
            return None  # SQLite reports a missing table or column in the same class
        log.error("database could not answer %s", request.path, exc_info=fault)
        return busy(request)
