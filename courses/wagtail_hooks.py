"""The group 课程 of the Wagtail admin: the catalogue, its courses and its lessons as lists."""

from collections.abc import Iterator
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
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, QuestionFlag
from courses.panels import FlagsPanel, ReviewsPanel
from courses.permissions import reads_versions
from courses.queries import catalog, overdue_reviews
from courses.services import frozen_once
from courses.viewsets import (
    AdvertisingWordViewSet,
    LearnPageViewSet,
    LessonImportViewSet,
    LessonPasteViewSet,
    MediaChooserViewSet,
    MediaViewSet,
    PracticeChooserViewSet,
    offer_decisions,
)
from people.roles import AUTHOR, EDITOR, REVIEWER, has_role

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


@hooks.register("register_admin_viewset")
def learn_pages() -> LearnPageViewSet:
    return LearnPageViewSet()


@hooks.register("register_admin_viewset")
def practice_chooser() -> PracticeChooserViewSet:
    return PracticeChooserViewSet("practice_chooser")


hooks.register("construct_page_action_menu", offer_decisions)


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


@hooks.register("construct_homepage_panels")
def tell_flagged_questions(request: HttpRequest, panels: list[Component]) -> None:
    """Told to those who write questions."""
    if has_role(request.user, AUTHOR):
        flagged = QuestionFlag.objects.open().values("question").distinct().count()
        if flagged:
            panels.append(FlagsPanel(flagged))


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def versions_of_a_course(page: Page, user: Any, **_rest: Any) -> Iterator[Button]:
    """From a published course to what it was and what has changed."""
    shown = page.specific_class is CoursePage and page.first_published_at
    if shown and reads_versions(user):
        url = reverse("courses:version_list", args=[page.pk])
        yield Button(_("Course versions"), url, icon_name="history", priority=70)
