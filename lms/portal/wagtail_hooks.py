"""The start page of the Wagtail admin, and the ways from it to the rest of the platform."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from lms.portal import nav
from lms.portal.gaps import rows_for
from people import roles
from people.roles import has_role

TOLD = (roles.ADMINISTRATOR, roles.OFFICER)


class GapsPanel(Component):
    """The list of gaps, above everything else."""

    template_name = "portal/admin_gaps.html"
    order = 10

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"gaps": self.rows}


@hooks.register("construct_homepage_panels")
def tell_gaps(request: HttpRequest, panels: list[Component]) -> None:
    """Told to those who can mend something in the admin; nobody else is bothered."""
    if has_role(request.user, *TOLD):
        rows = rows_for(request.user, timezone.localdate())
        if rows:
            panels.append(GapsPanel(rows))


class RolesMenuItem(MenuItem):
    """Accounts are made and roles given outside the admin; here is the way."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, roles.ADMINISTRATOR)


@hooks.register("register_admin_menu_item")
def accounts_and_roles() -> MenuItem:
    return RolesMenuItem(
        _("Accounts and roles"), nav.address("people:role_list"), icon_name="key", order=160
    )


@hooks.register("register_admin_menu_item")
def the_platform() -> MenuItem:
    return MenuItem(
        _("Back to the platform"), nav.address("people:own_account"), icon_name="home", order=20_000
    )
