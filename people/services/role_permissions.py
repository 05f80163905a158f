"""What each role may do in the Wagtail admin.

Models of upper floors are named by label only, and those that do not exist yet are passed over,
so this floor knows no app above it.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (  # type: ignore[attr-defined]
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
)

from people import roles

READ, WRITE = ("view",), ("view", "add", "change")
ALL = (*WRITE, "delete")

BACK_OFFICE: dict[str, dict[str, tuple[str, ...]]] = {
    roles.EDITOR: {
        "wagtailimages.image": (*ALL, "choose"),
        "courses.mediafile": WRITE,
        "courses.advertisingword": WRITE,
    },
    # Reviewers enter the admin; what they may open there is what a workflow hands them.
    roles.REVIEWER: {},
    roles.AUTHOR: {
        "exams.topic": WRITE,
        "exams.question": WRITE,
        "exams.practicaltask": WRITE,
    },
    roles.OFFICER: {
        "exams.exam": WRITE,
        "exams.sitting": WRITE,
        "exams.assessmentscheme": WRITE,
        "exams.practicaltask": READ,
        "certificates.certificatescheme": WRITE,
    },
    roles.ADMINISTRATOR: {
        "courses.mediafile": READ,
        "people.unit": WRITE,
        "people.post": WRITE,
        "people.competency": WRITE,
        "training.programme": WRITE,
        "subsidies.policy": WRITE,
        "subsidies.policyversion": WRITE,
    },
}
PAGES = {
    roles.EDITOR: ("add", "change", "publish", "lock", "unlock"),
    roles.ADMINISTRATOR: ("change", "publish", "lock", "unlock"),
}
COLLECTION_MODELS = {"wagtailimages", "wagtaildocs"}


@transaction.atomic
def sync_roles() -> int:
    """Make every role's group and give it exactly these permissions; returns how many it set."""
    count = 0
    for role in roles.ALL:
        group = Group.objects.get_or_create(name=role)[0]
        wanted = _permissions(BACK_OFFICE[role]) if role in BACK_OFFICE else []
        group.permissions.set([each for each in wanted if not _is_of_collections(each)])
        _set_page_permissions(group, PAGES.get(role, ()))
        _set_collection_permissions(group, [each for each in wanted if _is_of_collections(each)])
        count += len(wanted)
    return count


def _permissions(models: dict[str, tuple[str, ...]]) -> list[Permission]:
    access = Permission.objects.filter(codename="access_admin")
    found = list(access.filter(content_type__app_label="wagtailadmin"))
    for label, actions in models.items():
        app, name = label.split(".")
        found += Permission.objects.filter(
            content_type__app_label=app,
            content_type__model=name,
            codename__in=[f"{action}_{name}" for action in actions],
        ).select_related("content_type")
    return found


def _is_of_collections(permission: Permission) -> bool:
    return permission.content_type.app_label in COLLECTION_MODELS


def _new_page_root() -> Page:
    """The root of the page tree, where a flushed database has lost the one Wagtail made."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.add_root(instance=Page(title="Root", slug="root"))


def _set_page_permissions(group: Group, actions: tuple[str, ...]) -> None:
    root = Page.get_first_root_node() or _new_page_root()
    GroupPagePermission.objects.filter(group=group).delete()
    for action in actions:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=f"{action}_page"
        )
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)


def _set_collection_permissions(group: Group, permissions: list[Permission]) -> None:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    GroupCollectionPermission.objects.filter(group=group).delete()
    for permission in permissions:
        GroupCollectionPermission.objects.create(
            group=group, collection=root, permission=permission
        )
