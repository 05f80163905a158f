"""First sign-in: by slip, or by the set-up link of an empty installation."""

from allauth.account.utils import perform_login
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from kit.refusing import Refused
from people import services
from people.forms.signing_in import NewPasswordForm, SetupForm, SlipCodeForm
from people.models import ActivationSlip

SESSION_KEY = "people_slip"


@never_cache
@require_http_methods(["GET", "POST"])
def slip_enter(request: HttpRequest) -> HttpResponse:
    """Take the code of a slip; scanning its QR code fills the field. Nothing is used up here."""
    if request.method == "GET":
        form = SlipCodeForm(initial={"code": request.GET.get("code", "")[:40]})
        return render(request, "people/slip_enter.html", {"form": form})
    form = SlipCodeForm(request.POST)
    if not consume(request, app="people", action="activate", config=settings.SLIP_RATE_LIMITS):
        form.add_error("code", _("Too many tries from here. Wait a minute."))
        return render(request, "people/slip_enter.html", {"form": form}, status=429)
    if form.is_valid():
        slip = services.find_open_slip(code=form.cleaned_data["code"], at=timezone.now())
        if slip is not None:
            request.session.cycle_key()
            request.session[SESSION_KEY] = slip.pk
            return redirect("people:password_set")
        form.add_error(
            "code",
            _("No slip with this code is open. Check the letters, or ask for a new slip."),
        )
    return render(request, "people/slip_enter.html", {"form": form})


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def password_set(request: HttpRequest) -> HttpResponse:
    """The holder of an open slip sets a password and is signed in."""
    slip = (
        ActivationSlip.objects.filter(pk=request.session.get(SESSION_KEY) or 0, used_at=None)
        .select_related("person")
        .first()
    )
    if slip is None:
        return redirect("people:slip_enter")
    form = NewPasswordForm(request.POST if request.method == "POST" else None, person=slip.person)
    if form.is_valid():
        try:
            person = services.use_slip(
                slip_id=slip.pk, password=form.cleaned_data["password1"], at=timezone.now()
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            del request.session[SESSION_KEY]
            signed_in: HttpResponse = perform_login(request, person)
            return signed_in
    return render(request, "people/password_set.html", {"form": form, "person": slip.person})


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """The first administrator of an empty installation; a 404 once there is one."""
    if not services.is_setup_open(token=token, at=timezone.now()):
        raise Http404
    form = SetupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            person = services.create_first_administrator(
                token=token,
                number=data["number"],
                name=data["name"],
                password=data["password1"],
                at=timezone.now(),
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            signed_in: HttpResponse = perform_login(request, person)
            return signed_in
    return render(request, "people/setup.html", {"form": form})


@require_GET
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """No reset by mail: many people have no address, so a person with an ID card decides."""
    return render(request, "people/password_forgotten.html")
