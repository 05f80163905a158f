"""Getting into an installation nobody administers yet, and the glass to break in need."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from kit.crypto import keyed_hash
from kit.refusing import Refused
from people import roles
from people.models import SetupLink, User

LINK_HOURS = 24


def has_administrator() -> bool:
    """Whether any active account administers this installation."""
    return User.objects.filter(is_active=True, groups__name=roles.ADMINISTRATOR).exists()


@transaction.atomic
def create_setup_link(*, at: datetime) -> str:
    """A token for the one-time set-up page, valid one day; older ones stop working.

    Refused: administrator_exists.
    """
    if has_administrator():
        raise Refused("administrator_exists", _("There is an administrator already."))
    SetupLink.objects.filter(used_at=None).delete()
    token = secrets.token_urlsafe(24)
    SetupLink.objects.create(
        token_hash=keyed_hash(f"setup:{token}"),
        created_at=at,
        expires_at=at + timedelta(hours=LINK_HOURS),
    )
    record(action="people.setup_link_created", at=at)
    return token


def is_setup_open(*, token: str, at: datetime) -> bool:
    """Whether this token still lets somebody become the first administrator."""
    return (
        SetupLink.objects.filter(
            token_hash=keyed_hash(f"setup:{token}"), used_at=None, expires_at__gt=at
        ).exists()
        and not has_administrator()
    )


@transaction.atomic
def create_first_administrator(
    *, token: str, number: str, name: str, password: str, at: datetime
) -> User:
    """Use the link up. Refused: setup_closed, number_taken, password_weak."""
    Group.objects.select_for_update().get_or_create(name=roles.ADMINISTRATOR)
    link = SetupLink.objects.filter(token_hash=keyed_hash(f"setup:{token}"), used_at=None).first()
    if link is None or link.expires_at <= at or has_administrator():
        raise Refused("setup_closed", _("This link has been used or has expired."))
    number = number.strip().upper()
    if User.objects.filter(number=number).exists():
        raise Refused("number_taken", _("There is an account with this number already."))
    try:
        validate_password(password, User(number=number, name=name))
    except ValidationError as error:
        raise Refused("password_weak", " ".join(error.messages)) from error
    person = User.objects.create_user(number, password, name=name.strip(), date_joined=at)
    roles.grant(person, roles.ADMINISTRATOR)
    link.used_at = at
    link.save(update_fields=["used_at"])
    record(action="people.first_administrator", at=at, actor=person, obj=person)
    return person


@transaction.atomic
def break_glass(*, number: str, reason: str, at: datetime) -> tuple[User, str]:
    """Make an existing account a superuser until `mend_glass`, with a fresh random password.

    Refused: reason_missing, person_unknown.
    """
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason; it will be kept."))
    person = User.objects.select_for_update().filter(number=number.strip().upper()).first()
    if person is None:
        raise Refused("person_unknown", _("There is no account with this number."))
    password = secrets.token_urlsafe(18)
    person.is_superuser = person.is_active = True
    person.set_password(password)
    person.save(update_fields=["is_superuser", "is_active", "password"])
    record(action="people.glass_broken", at=at, obj=person, reason=reason.strip()[:500])
    return person, password


@transaction.atomic
def mend_glass(*, at: datetime) -> int:
    """Take superuser back from every account; returns how many had it."""
    people = list(User.objects.select_for_update().filter(is_superuser=True))
    for person in people:
        person.is_superuser = person.is_staff = False
        person.set_unusable_password()
        person.save(update_fields=["is_superuser", "is_staff", "password"])
        record(action="people.glass_mended", at=at, obj=person)
    return len(people)
