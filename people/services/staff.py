"""Accounts of colleagues, made one by one: number, name, roles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from kit.refusing import Refused
from people.models import User
from people.permissions import keeps_roles
from people.services.accounts import grant_role


@transaction.atomic
def create_staff(*, number: str, name: str, held: Sequence[str], by: Any, at: datetime) -> User:
    """An account without a password: its holder sets one with an activation slip.

    Refused: roles_not_allowed, role_unknown, number_taken.
    """
    if not keeps_roles(by):
        raise Refused("roles_not_allowed", _("Only an administrator may change roles."))
    number = number.strip().upper()
    if User.objects.filter(number=number).exists():
        raise Refused("number_taken", _("There is an account with this number already."))
    person = User.objects.create_user(number, name=name.strip(), date_joined=at)
    record(action="people.account_created", at=at, actor=by, obj=person)
    for role in held:
        grant_role(person=person, role=role, by=by, at=at)
    return person
