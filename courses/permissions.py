"""Who edits the course tree and the media library in the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from courses.models import CatalogPage, ModulePage
from people.roles import AUDITOR, AUTHOR, EDITOR, HR, REVIEWER, has_role

ON_PAGES = ("add_page", "change_page", "publish_page")
# HR decides whether a class moves to a newer version.
VERSION_READERS = (EDITOR, REVIEWER, AUDITOR, HR)


def grant_editing(group: Group) -> bool:
    """Let a group write and publish under the catalogue, and enter the admin.

    False when no catalogue has been made yet. Doing it twice changes nothing. Deleting and
    locking are not given: lessons with credited time must stay.
    """
    top = CatalogPage.objects.first()
    if top is None:
        return False
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for codename in ON_PAGES:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=group, page=top, permission=permission)
    return True


def adds_media(user: Any) -> bool:
    """Whether this person keeps files in the media library."""
    return bool(user.has_perm("courses.add_mediafile"))


def reads_all_media(user: Any) -> bool:
    """Whether this person may fetch every file of the library, in a lesson or not."""
    return bool(user.has_perm("courses.view_mediafile"))


def reads_practice_pool(user: Any) -> bool:
    """Content editors, reviewers of content and question authors."""
    return has_role(user, EDITOR, REVIEWER, AUTHOR)


def reads_versions(user: Any) -> bool:
    """Whether this person may see what courses were and what has changed in them."""
    return has_role(user, *VERSION_READERS)


def may_add_lesson(user: Any, module: ModulePage) -> bool:
    """Whether a person may write a new lesson into this module."""
    return bool(module.permissions_for_user(user).can_add_subpage())
