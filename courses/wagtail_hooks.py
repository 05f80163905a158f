"""The group 课程 of the Wagtail admin: the catalogue, its courses and its lessons as lists."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from courses.models import CoursePage, LessonPage
from courses.panels import ReviewsPanel
from courses.queries import catalog, overdue_reviews
from courses.services import frozen_once
from courses.viewsets import (
    AdvertisingWordViewSet,
    LessonImportViewSet,
    LessonPasteViewSet,
    MediaChooserViewSet,
    MediaViewSet,
)
from people.roles import EDITOR, REVIEWER, has_role

# No page uses pictures or documents yet, and nobody may fetch them without signing in.
HIDDEN_MENUS = {"images", "documents"}


class CourseListing(PageListingViewSet):
    """All courses of the catalogue."""

    model = CoursePage
    menu_label = _("Courses")
    icon = "folder-open-1"
    name = "course_pages"
    columns = [
        *PageListingViewSet.columns,
        Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
    ]


class LessonListing(PageListingViewSet):
    """All lessons, to find one by name or by what it lacks."""

    model = LessonPage
    menu_label = _("Lessons")
    icon = "doc-full"
    name = "lesson_pages"
    columns = [
        *PageListingViewSet.columns,
        Column("level", label=_("lesson level"), accessor="get_level_display", sort_key="level"),
        Column("planned_seconds", label=_("planned seconds"), sort_key="planned_seconds"),
    ]


class CatalogMenuItem(MenuItem):
    """Straight to the tree below the catalogue."""

    def __init__(self) -> None:
        super().__init__(_("Course catalogue"), "", name="catalog", icon_name="site", order=1)

    def is_shown(self, request: HttpRequest) -> bool:
        return catalog() is not None

    def render_component(self, request: HttpRequest) -> Any:
        top = catalog()
        self.url = reverse("wagtailadmin_explore", args=[top.pk]) if top else ""
        return super().render_component(request)


class CoursesGroup(ViewSetGroup):
    """课程: what content editors work in."""

    menu_label = _("Courses")
    menu_icon = "openquote"
    menu_order = 110
    items = (
        CourseListing,
        LessonListing,
        MediaViewSet,
        LessonImportViewSet,
        LessonPasteViewSet,
        AdvertisingWordViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        return [CatalogMenuItem(), *super().get_submenu_items()]


@hooks.register("register_admin_viewset")
def courses_group() -> CoursesGroup:
    return CoursesGroup()


@hooks.register("register_admin_viewset")
def media_chooser() -> MediaChooserViewSet:
    return MediaChooserViewSet("media_chooser")


@hooks.register("register_bulk_action", order=1)
class PublishWhatAddsUp(PublishBulkAction):
    """Wagtail's own, in its place: a lesson that claims too much stops it and is named."""

    def form_valid(self, form: Any) -> Any:
        try:
            with transaction.atomic(), frozen_once(at=timezone.now()):
                return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.next_url)


@hooks.register("construct_main_menu")
def hide_unused_menus(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN_MENUS]


@hooks.register("construct_homepage_panels")
def tell_overdue_reviews(request: HttpRequest, panels: list[Component]) -> None:
    """Told to those who review lessons."""
    if has_role(request.user, EDITOR, REVIEWER):
        overdue = len(overdue_reviews(timezone.localdate()))
        if overdue:
            panels.append(ReviewsPanel(overdue))
