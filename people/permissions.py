"""Who may do what with people, and the door that every staff view stands behind."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from kit.refusing import Refused
from people.roles import ADMINISTRATOR, AUDITOR, HR, TRAINEE, TRAINER, has_role, roles_of

View = Callable[..., HttpResponseBase]


def role_required(*roles: str) -> Callable[[View], View]:
    """Anonymous people are asked to sign in; a person without any of the roles gets a 404."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_role(request.user, *roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def need_role(user: Any, *roles: str) -> None:
    """The same door inside a service: Refused (role) for a person without any of the roles."""
    if not has_role(user, *roles):
        raise Refused("role", _("Your role may not do this."))


def keeps_people(user: Any) -> bool:
    """HR and administrators keep the records of people."""
    return has_role(user, HR, ADMINISTRATOR)


def keeps_roles(user: Any) -> bool:
    """Only administrators grant and withdraw roles."""
    return has_role(user, ADMINISTRATOR)


def reveals_id_numbers(user: Any) -> bool:
    """HR may see a whole ID number, with a recorded reason; nobody else may."""
    return has_role(user, HR)


def is_only_trainee(person: Any) -> bool:
    """Whether the account can do no more than learn."""
    return roles_of(person) <= {TRAINEE}


def gives_slip_to(user: Any, person: Any) -> bool:
    """A slip lets its holder set the password, so it must never be a way into a higher account.

    Administrators give slips to anybody but themselves, HR to trainees and, before their first
    sign-in, to staff other than administrators and auditors; trainers only to trainees.
    """
    if user.pk == person.pk:
        return False
    if has_role(user, ADMINISTRATOR):
        return True
    if is_only_trainee(person):
        return has_role(user, HR, TRAINER)
    never_signed_in = not person.has_usable_password()
    return has_role(user, HR) and never_signed_in and not has_role(person, ADMINISTRATOR, AUDITOR)
