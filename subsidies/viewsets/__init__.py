"""The group 补贴政策 of the Wagtail admin: policies and their versions."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from audit.viewsets import SavesByService
from kit.refusing import Refused
from subsidies.choices import PolicyState
from subsidies.models import Policy, PolicyVersion
from subsidies.services import publish_policy, save_policy, save_policy_draft
from subsidies.viewsets.version_form import METHODS, PolicyVersionForm
from subsidies.viewsets.words import terms_in_words

LABELS = {
    "state": _("state"),
    "published_at": _("published at"),
    "digest": _("fingerprint of the terms"),
}


class SavesPolicy(SavesByService):
    """Policies are saved with their audit row."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> Policy:
        policy: Policy = self.form.save(commit=False)
        return save_policy(policy=policy, by=by, at=at)


class PolicyCreateView(SavesPolicy, CreateView):
    """A new policy; what it grants is written in its versions."""


class PolicyEditView(SavesPolicy, EditView):
    """A policy; with a published version only its title may change."""


class PolicyViewSet(ModelViewSet):
    """Policies by audience."""

    model = Policy
    icon = "doc-full"
    menu_label = _("Policies")
    list_display = [
        "title", "code",
        Column("audience", label=_("audience"), accessor="get_audience_display",
               sort_key="audience"),
    ]  # fmt: skip
    list_filter = ["audience"]
    search_fields = ["code", "title"]
    search_backend_name = None
    copy_view_enabled = False
    form_fields = ["code", "title", "audience"]
    add_view_class = PolicyCreateView
    edit_view_class = PolicyEditView


class SavesVersion(SavesByService):
    """Saving keeps a draft; publishing, when asked for, freezes it."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> PolicyVersion:
        draft: PolicyVersion = self.form.save(commit=False)
        version = save_policy_draft(version=draft, by=by, at=at)
        if self.form.cleaned_data.get("publish_now"):
            version = publish_policy(policy_version_id=version.pk, by=by, at=at)
        return version


class VersionCreateView(SavesVersion, CreateView):
    """The next version of a policy."""


class VersionEditView(SavesVersion, EditView):
    """A draft; a published version is shown instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        published = PolicyVersion.objects.filter(pk=kwargs["pk"], state=PolicyState.PUBLISHED)
        if published.exists():
            return redirect("policyversion:inspect", kwargs["pk"])
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class VersionInspectView(InspectView):
    """A version in words."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        return str(LABELS.get(field_name) or super().get_field_label(field_name, field))

    def get_fields_context(self) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = super().get_fields_context()
        words = [{"label": label, "value": value, "component": None}
                 for label, value in terms_in_words(self.object)]  # fmt: skip
        return [*shown, *words]


class VersionFilters(WagtailFilterSet):
    """By state, and all versions of one policy."""

    state = ChoiceFilter(label=_("state"), choices=PolicyState.choices)
    policy = ModelChoiceFilter(label=_("subsidy policy"), queryset=Policy.objects.all())

    class Meta:
        model = PolicyVersion
        fields = ["state", "policy"]


class PolicyVersionViewSet(ModelViewSet):
    """Versions, drafts first to be finished; the copy of one is the draft of the next."""

    model = PolicyVersion
    icon = "history"
    menu_label = _("Policy versions")
    list_display = [
        Column("policy", label=_("subsidy policy"), sort_key="policy"), "number",
        Column("state", label=_("state"), accessor="get_state_display"),
        Column("method", label=_("how the amount follows"), accessor=lambda v: method_of(v)),
        "valid_from", "valid_to", "source",
    ]  # fmt: skip
    filterset_class = VersionFilters
    search_fields = ["policy__title", "policy__code"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_class = VersionInspectView
    inspect_view_fields = ["policy", "number", "state", "valid_from", "valid_to", "source",
                           "basis_note", "published_at", "digest"]  # fmt: skip
    add_view_class = VersionCreateView
    edit_view_class = VersionEditView

    def get_form_class(self, for_update: bool = False) -> type[PolicyVersionForm]:
        return PolicyVersionForm


def method_of(version: PolicyVersion) -> str:
    """How the amount follows from the fee, in words."""
    return str(dict(METHODS)[version.terms.method])


class SubsidyPolicyGroup(ModelViewSetGroup):
    """补贴政策: what the administrator keeps of the subsidies."""

    menu_label = _("Subsidy policies")
    menu_icon = "doc-full-inverse"
    menu_order = 140
    items = (PolicyViewSet, PolicyVersionViewSet)
