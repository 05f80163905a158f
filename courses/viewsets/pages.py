"""Pages of the course tree in the Wagtail admin, where they differ from Wagtail's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Media, Script
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import PageLockedMenuItem, WorkflowMenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.views.pages.preview import PreviewOnEditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry

from courses.models.base import LearnPage
from courses.models.review import CHANGED, ReviewLock
from courses.services import submit_newest
from kit.refusing import Refused


class LearnEditView(EditView):
    """The editor; while a page is locked it does not try to save by itself."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"autosave_enabled": self.autosave_enabled and not self.locked_for_user}


class LearnPreviewView(PreviewOnEditView):
    """Whoever may open the page may look at it: Wagtail asks reviewers for the right to change
    pages besides, which they do not have."""

    permission_required = None


class DecisionView(WorkflowActionView):
    """Approve a draft or send it back; whatever speaks against it is told in words."""

    redirect_url: str

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.render_modal_form(request, form)
        if self.action_name == "reject" and not form.cleaned_data["comment"].strip():
            return self.refuse(form, _("Say in the comment what has to be changed."))
        try:
            self.task.on_action(
                self.task_state, request.user, self.action_name, **form.cleaned_data
            )
        except ValidationError as error:
            return self.refuse(form, " ".join(error.messages))
        except Refused as error:
            if error.code == CHANGED:
                submit_newest(task_state=self.task_state, by=request.user, at=timezone.now())
            return self.refuse(form, error.message)
        messages.success(request, self.told())
        return self.lead_on(request)

    def told(self) -> str:
        """What has been decided."""
        if self.action_name == "approve":
            words = _("“%(title)s” is approved.")
        else:
            words = _("“%(title)s” has been sent back with your comment.")
        return words % {"title": self.task_state.revision.object_str}

    def lead_on(self, request: HttpRequest) -> Any:
        """To the start page when the editor is closed again: reviewers open only what waits."""
        page = type(self.object).objects.get(pk=self.object.pk)
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        may_stay = page.permissions_for_user(request.user).can_edit()
        if self.redirect_url.endswith(editor) and not may_stay:
            self.redirect_url = reverse("wagtailadmin_home")
        if self.is_in_modal:
            told = {"step": "success", "redirect": self.redirect_url}
            return self.render_modal_json(request, told)
        return redirect(self.redirect_url)

    def refuse(self, form: Any, words: str) -> Any:
        """On the form of the modal, where the comment stays; else above the page."""
        if self.is_in_modal:
            form.add_error(None, words)
            return self.render_modal_form(self.request, form)
        messages.error(self.request, words)
        return redirect(self.redirect_url)

    @property
    def is_in_modal(self) -> bool:
        return bool(self.request.headers.get("x-requested-with") == "XMLHttpRequest")


class ReorderView(SetPagePositionView):
    """The version of the course is frozen with the new order, or neither happens."""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().post(request, *args, **kwargs)


class DecisionMenuItem(WorkflowMenuItem):
    """A decision about a page that is locked because it waits for it.

    Wagtail offers decisions only to those who may edit meanwhile; this one goes straight to the
    address of the decision, as on the start page, and nothing of the form is saved.
    """

    template_name = "courses/decision_menu_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return True

    @property
    def media(self) -> Media:
        script: Any = Script(
            versioned_static("wagtailadmin/js/workflow-action.js"), **{"data-activate": "dashboard"}
        )
        return Media(js=[script])


ICONS = {"approve": "success", "reject": "edit"}


def offer_decisions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """The decisions of a reviewer in the footer of a page that waits for its review."""
    if context["view"] != "edit" or not isinstance(context["lock"], ReviewLock):
        return
    task = context["page"].current_workflow_task
    made = [
        DecisionMenuItem(name, label, modal, icon_name=ICONS[name], order=order)
        for order, (name, label, modal) in enumerate(
            task.get_actions(context["page"], request.user)
        )
    ]
    if made:
        items[:] = made + [each for each in items if not isinstance(each, PageLockedMenuItem)]


class LearnPageViewSet(PageViewSet):
    """Views of the pages of the course tree; one set for all their kinds."""

    edit_view_class = LearnEditView
    preview_on_edit_view_class = LearnPreviewView
    workflow_action_view_class = DecisionView
    set_page_position_view_class = ReorderView

    def on_register(self) -> None:
        page_viewset_registry.register(LearnPage, self)
