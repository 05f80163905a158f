"""What every page needs to know about this installation and this person."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from lms.portal import nav
from notices.queries import unread_count
from people.roles import roles_of

SIZES = ("normal", "large")
THEMES = ("system", "light", "dark")
MOST_TABS = 4


class Shell:
    """The frame of one page; nothing is asked of the database until a template draws it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def held(self) -> frozenset[str]:
        user = getattr(self.request, "user", None)
        return roles_of(user) if user else frozenset()

    @cached_property
    def places(self) -> list[nav.Entry]:
        return nav.entries(nav.PLACES, self.held, self.request.path)

    @cached_property
    def tabs(self) -> list[nav.Entry]:
        """The bar at the foot of a phone: a few places, and one's own page last."""
        if not self.held:
            return []
        places = [place for place in nav.PLACES if place.tab]
        chosen = nav.entries(places, self.held, self.request.path)[: MOST_TABS - 1]
        me = nav.address("portal:own_profile")
        at_me = self.request.path.startswith(me) and not any(each.current for each in chosen)
        return [*chosen, nav.Entry(_("Me"), me, "person", at_me)]

    @cached_property
    def area(self) -> str:
        return nav.area(self.request.path)

    @cached_property
    def notices_url(self) -> str:
        return nav.address("notices:notice_list")

    @cached_property
    def unread(self) -> int:
        return unread_count(self.request.user)

    @property
    def unread_text(self) -> str:
        return "99+" if self.unread > 99 else str(self.unread)

    @cached_property
    def own_links(self) -> list[nav.Entry]:
        """The account menu: start pages where there are several, one's own page, the account.

        Learners find the search here too: the bar at the foot of a phone has no room for it.
        """
        several = nav.homes(self.held)
        links = several if len(several) > 1 else []
        search = (_("Search my lessons"), "learning:lesson_search", "search")
        own = (
            *([search] if self.held & nav.LEARNERS else []),
            (_("My page"), "portal:own_profile", "person"),
            (_("Account and password"), "people:own_account", "key"),
        )
        return links + [
            nav.Entry(label, nav.address(name), icon) for label, name, icon in own
            if nav.address(name)
        ]  # fmt: skip

    @property
    def sizes(self) -> list[tuple[str, str]]:
        return [("normal", pgettext("type size", "Normal")), ("large", _("Large type"))]

    @property
    def themes(self) -> list[tuple[str, str]]:
        return [("system", _("Device")), ("light", _("Light")), ("dark", _("Dark"))]


def site_name() -> str:
    """The organisation's name for this site, in the language of the page where it has one."""
    in_english = (get_language() or "").startswith("en")
    return str((in_english and settings.SITE_NAME_EN) or settings.WAGTAIL_SITE_NAME)


def portal(request: HttpRequest) -> dict[str, Any]:
    """The site's name, whether this is a demo, the look chosen, and the frame."""
    shell = Shell(request)
    chosen = request.COOKIES.get("theme", "")
    size = request.COOKIES.get("type_size", "")
    return {
        "site_name": site_name(),
        "is_demo": settings.DEMO,
        "theme": chosen if chosen in THEMES else "system",
        "type_size": size if size in SIZES else "normal",
        "shell": shell,
        "nav": SimpleLazyObject(lambda: shell.places),
    }
