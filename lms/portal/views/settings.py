"""Language and appearance: small forms that come back to the page they were sent from."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from lms.portal.context_processors import SIZES, THEMES

A_YEAR = 365 * 24 * 3600


def back_to(request: HttpRequest) -> str:
    """The page a form came from, never another site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


@require_POST
def theme_set(request: HttpRequest) -> HttpResponseBase:
    """Remember light, dark or the device's own choice in this browser."""
    answer = HttpResponseRedirect(back_to(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer


@require_POST
def size_set(request: HttpRequest) -> HttpResponseBase:
    """Remember large type (大字) in this browser; an unknown size changes nothing."""
    answer = HttpResponseRedirect(back_to(request))
    size = request.POST.get("size", "")
    if size in SIZES:
        answer.set_cookie("type_size", size, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer


@require_POST
def language_set(request: HttpRequest) -> HttpResponseBase:
    """Switch the language of this browser; an unknown language changes nothing."""
    return set_language(request)
