"""The editors' back office is absent for those who have no work there."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


class BackOfficeMiddleware:
    """A signed-in person without access to the Wagtail admin gets a 404, not its redirect to a
    sign-in he has already passed (which would go round for ever)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            if request.user.has_perm("wagtailadmin.access_admin"):
                return
            raise Http404
