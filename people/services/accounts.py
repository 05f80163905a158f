"""Accounts: roles, being active, whole ID numbers."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.services import record
from kit.crypto import decrypt, encrypt, keyed_hash
from kit.identifiers import mask_id_number
from kit.refusing import Refused
from people import roles
from people.models import Profile, User
from people.permissions import keeps_people, keeps_roles, reveals_id_numbers

USER_FIELDS = ("name", "email", "mobile")


def seal_id_number(profile: Profile, number: str) -> None:
    """Put an ID number into an unsaved profile: sealed, hashed, masked; "" takes it out."""
    profile.id_number_sealed = encrypt(number) if number else ""
    profile.id_number_hash = keyed_hash(number) if number else ""
    profile.id_number_masked = mask_id_number(number)


def seal_bank_account(profile: Profile, number: str) -> None:
    """Put a bank account into an unsaved profile: sealed, hashed, masked; "" takes it out."""
    profile.bank_account_sealed = encrypt(number) if number else ""
    profile.bank_account_hash = keyed_hash(number) if number else ""
    profile.bank_account_masked = mask_id_number(number)


@transaction.atomic
def reveal_id_number(*, person: User, by: Any, reason: str, at: datetime) -> str:
    """The whole ID number, leaving an audit row with the reason.

    Refused: reveal_not_allowed, reason_missing, id_number_absent.
    """
    if not reveals_id_numbers(by):
        raise Refused("reveal_not_allowed", _("Only HR may see a whole ID number."))
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason; it will be kept."))
    profile = Profile.objects.filter(user=person).exclude(id_number_sealed="").first()
    if profile is None:
        raise Refused("id_number_absent", _("No ID number is on record."))
    number = decrypt(profile.id_number_sealed)
    record(action="people.id_revealed", at=at, actor=by, obj=person, reason=reason.strip()[:500])
    return number


@transaction.atomic
def grant_role(*, person: User, role: str, by: Any, at: datetime, reason: str = "") -> None:
    """Give a role; a second time leaves no trace. Refused: roles_not_allowed, role_unknown."""
    _refuse_role(role, by)
    if roles.has_role(person, role):
        return
    roles.grant(person, role)
    record(
        action="people.role_granted", at=at, actor=by, obj=person,
        detail={"role": role}, reason=reason.strip()[:500],
    )  # fmt: skip


@transaction.atomic
def withdraw_role(*, person: User, role: str, by: Any, at: datetime, reason: str = "") -> None:
    """Take a role back at once.

    Refused: roles_not_allowed, role_unknown, role_last_administrator.
    """
    _refuse_role(role, by)
    if not roles.has_role(person, role):
        return
    group = Group.objects.select_for_update().get(name=role)
    others = group.user_set.filter(is_active=True).exclude(pk=person.pk)
    if role == roles.ADMINISTRATOR and not others.exists():
        raise Refused("role_last_administrator", _("The last administrator cannot lose this role."))
    person.groups.remove(group)
    person.__dict__.pop("_roles", None)
    record(
        action="people.role_withdrawn", at=at, actor=by, obj=person,
        detail={"role": role}, reason=reason.strip()[:500],
    )  # fmt: skip


def _refuse_role(role: str, by: Any) -> None:
    if not keeps_roles(by):
        raise Refused("roles_not_allowed", _("Only an administrator may change roles."))
    if role not in roles.ALL:
        raise Refused("role_unknown", _("There is no such role."))


@transaction.atomic
def set_active(*, person: User, active: bool, by: Any, reason: str, at: datetime) -> None:
    """Disable an account, which ends all its sessions at once, or enable it again.

    Refused: people_not_allowed, own_account, reason_missing.
    """
    if not keeps_people(by) or (
        roles.has_role(person, roles.ADMINISTRATOR) and not keeps_roles(by)
    ):
        raise Refused("people_not_allowed", _("You may not change this account."))
    if person.pk == by.pk:
        raise Refused("own_account", _("You cannot disable your own account."))
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason; it will be kept."))
    if person.is_active == active:
        return
    person.is_active = active
    person.save(update_fields=["is_active"])
    record(
        action="people.account_enabled" if active else "people.account_disabled",
        at=at, actor=by, obj=person, reason=reason.strip()[:500],
    )  # fmt: skip


@transaction.atomic
def update_person(*, person: User, by: Any, at: datetime, changes: dict[str, Any]) -> list[str]:
    """Correct a record; `changes` by field of account or profile. Returns what changed.

    The audit row names the fields and, except for contact data, what they were and are.
    Refused: people_not_allowed, already_taken.
    """
    if not keeps_people(by):
        raise Refused("people_not_allowed", _("You may not change this account."))
    person = User.objects.select_for_update().get(pk=person.pk)
    profile = Profile.objects.filter(user=person).first() or Profile(user=person)
    changed: dict[str, list[str]] = {}
    for key, value in changes.items():
        owner = person if key in USER_FIELDS else profile
        old = getattr(owner, key)
        if old != value:
            setattr(owner, key, value)
            private = key in {"email", "mobile"}
            changed[key] = [] if private else [str(old or ""), str(value or "")]
    if changed:
        try:
            with transaction.atomic():
                person.save()
                profile.save()
        except IntegrityError as error:
            raise Refused(
                "already_taken", _("Another person has this mobile or e-mail address.")
            ) from error
        record(action="people.record_changed", at=at, actor=by, obj=person, detail=changed)
    return list(changed)
