"""The roles of the platform. A role is a Django group of that name, made on demand."""

from typing import Any

from django.utils.translation import gettext_lazy as _

TRAINEE = "trainee"
TRAINER = "trainer"
GRADER = "grader"
HR = "hr"
FINANCE = "finance"
AUTHOR = "author"
OFFICER = "officer"
APPROVER = "approver"
EDITOR = "editor"
REVIEWER = "reviewer"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"

ALL = (
    TRAINEE, TRAINER, GRADER, HR, FINANCE, AUTHOR,
    OFFICER, APPROVER, EDITOR, REVIEWER, AUDITOR, ADMINISTRATOR,
)  # fmt: skip

LABELS = {
    TRAINEE: _("trainee"),
    TRAINER: _("trainer"),
    GRADER: _("grader"),
    HR: _("HR"),
    FINANCE: _("finance"),
    AUTHOR: _("question author"),
    OFFICER: _("exam officer"),
    APPROVER: _("approver"),
    EDITOR: _("content editor"),
    REVIEWER: _("content reviewer"),
    AUDITOR: _("auditor"),
    ADMINISTRATOR: _("administrator"),
}


def grant(user: Any, role: str) -> None:
    """Give a role; giving it twice changes nothing."""
    from django.contrib.auth.models import Group

    if role not in ALL:
        raise ValueError(f"no such role: {role}")
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    user.__dict__.pop("_roles", None)


def roles_of(user: Any) -> frozenset[str]:
    """The roles a person has, read once per account object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if "_roles" not in user.__dict__:
        user.__dict__["_roles"] = frozenset(user.groups.values_list("name", flat=True))
    roles: frozenset[str] = user.__dict__["_roles"]
    return roles


def has_role(user: Any, *roles: str) -> bool:
    """Whether the person has any of these roles. A superuser has no role by being one."""
    return not roles_of(user).isdisjoint(roles)
