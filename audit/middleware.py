"""Names the person behind each request for the audit rows written while it runs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.context import acting, actor_of


class ActorMiddleware:
    """Must come after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR", "")
        with acting(actor_of(request.user, address)):
            return self.get_response(request)
