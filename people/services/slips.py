"""Printed slips: issue, reprint, use."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from kit.crypto import keyed_hash
from kit.refusing import Refused
from people.models import ActivationSlip, User
from people.permissions import gives_slip_to
from people.rules import slip as rules


@dataclass(frozen=True)
class PrintedSlip:
    """What goes on paper. The code exists only here; the database keeps its keyed hash."""

    person: User
    code: str
    expires_at: datetime


@transaction.atomic
def issue_slips(
    *, people: Sequence[User], by: Any, at: datetime, identity_check: str = ""
) -> list[PrintedSlip]:
    """One new slip each; an older open slip of the same person stops working.

    A person who had a slip or a password before gets another one only with a word on how the
    identity was checked. Refused: slip_not_allowed, slip_needs_check, slip_inactive.
    """
    identity_check = identity_check.strip()[:200]
    locked = User.objects.select_for_update().filter(pk__in=[person.pk for person in people])
    return [_issue(person, by, at, identity_check) for person in locked]


def _issue(person: User, by: Any, at: datetime, identity_check: str) -> PrintedSlip:
    _refuse(person, by, identity_check)
    withdrawn = person.activation_slips.filter(used_at=None, withdrawn_at=None)
    withdrawn.update(withdrawn_at=at)
    code = "".join(secrets.choice(rules.ALPHABET) for _unused in range(rules.LENGTH))
    slip = ActivationSlip.objects.create(
        person=person,
        code_hash=keyed_hash(f"slip:{code}"),
        issued_at=at,
        expires_at=at + timedelta(days=rules.DAYS_VALID),
        issued_by=by,
        identity_check=identity_check,
    )
    record(action="people.slip_issued", at=at, actor=by, obj=person, reason=identity_check)
    return PrintedSlip(person, rules.spelled(code), slip.expires_at)


def _refuse(person: User, by: Any, identity_check: str) -> None:
    if not person.is_active:
        raise Refused(
            "slip_inactive", _("%(person)s: the account is disabled.") % {"person": person}
        )
    if not gives_slip_to(by, person):
        raise Refused(
            "slip_not_allowed",
            _("%(person)s: an administrator has to issue this slip.") % {"person": person},
        )
    had_one = person.has_usable_password() or person.activation_slips.exists()
    if had_one and not identity_check:
        raise Refused(
            "slip_needs_check",
            _("%(person)s had a slip before. Check the ID and note how.") % {"person": person},
        )


def find_open_slip(*, code: str, at: datetime) -> ActivationSlip | None:
    """The slip a typed code opens at this moment."""
    typed = rules.typed(code)
    if typed is None:
        return None
    return (
        ActivationSlip.objects.filter(
            code_hash=keyed_hash(f"slip:{typed}"),
            used_at=None,
            withdrawn_at=None,
            expires_at__gt=at,
            person__is_active=True,
        )
        .select_related("person")
        .first()
    )


@transaction.atomic
def use_slip(*, slip_id: int, password: str, at: datetime) -> User:
    """Set the holder's password and use the slip up. Refused: slip_dead, password_weak."""
    slip = (
        ActivationSlip.objects.select_for_update()
        .filter(pk=slip_id, used_at=None, withdrawn_at=None, expires_at__gt=at)
        .first()
    )
    if slip is None or not slip.person.is_active:
        raise Refused(
            "slip_dead", _("This slip has been used, replaced or has expired. Ask for a new one.")
        )
    person = slip.person
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("password_weak", " ".join(error.messages)) from error
    person.set_password(password)
    person.save(update_fields=["password"])
    slip.used_at = at
    slip.save(update_fields=["used_at"])
    record(action="people.slip_used", at=at, actor=person, obj=person)
    return person
