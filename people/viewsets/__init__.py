"""The group 组织 of the Wagtail admin: units, posts, competencies."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from audit.viewsets import SavesByService
from kit.refusing import Refused
from people.forms.records import PostForm, UnitForm
from people.models import Competency, Post, Unit
from people.services import save_competency, save_post, save_unit
from people.viewsets.competency_form import CompetencyForm


class YesNoColumn(Column):
    """Wagtail's own says True in every language."""

    def get_value(self, instance: Any) -> Any:
        return gettext("yes") if super().get_value(instance) else gettext("no")


class SavesUnit(SavesByService):
    """Units are saved with their audit row."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> Unit:
        unit: Unit = self.form.save(commit=False)
        return save_unit(unit=unit, changed=self.form.changed_data, by=by, at=at)


class UnitCreateView(SavesUnit, CreateView):
    """A new unit."""


class UnitEditView(SavesUnit, EditView):
    """A unit; people keep theirs when it goes out of use."""


class UnitViewSet(ModelViewSet):
    """Organisations and their departments."""

    model = Unit
    icon = "group"
    menu_label = _("Units")
    list_display = [
        "name", Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
        "parent", "uscc", YesNoColumn("is_active", label=_("in use"), sort_key="is_active"),
    ]  # fmt: skip
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "uscc"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = UnitCreateView
    edit_view_class = UnitEditView

    def get_form_class(self, for_update: bool = False) -> type[UnitForm]:
        return UnitForm


class SavesPost(SavesByService):
    """Posts are saved with their audit row."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> Post:
        post: Post = self.form.save(commit=False)
        return save_post(post=post, changed=self.form.changed_data, by=by, at=at)


class PostCreateView(SavesPost, CreateView):
    """A new post."""


class PostEditView(SavesPost, EditView):
    """A post and whether its people must be trained each year."""


class PostViewSet(ModelViewSet):
    """Jobs, and which of them count in the coverage rate."""

    model = Post
    icon = "user"
    menu_label = _("Posts")
    list_display = [
        "name",
        Column("family", label=_("family"), accessor="get_family_display", sort_key="family"),
        YesNoColumn("in_coverage", label=_("must be trained each year"), sort_key="in_coverage"),
    ]
    list_filter = ["family", "in_coverage"]
    search_fields = ["name"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = PostCreateView
    edit_view_class = PostEditView

    def get_form_class(self, for_update: bool = False) -> type[PostForm]:
        return PostForm


class SavesCompetency(SavesByService):
    """A dimension is saved with its items; weights that do not make 100 are pointed out."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> Competency:
        competency: Competency = self.form.save(commit=False)
        total = save_competency(
            competency=competency, items=self.form.cleaned_data["items"], by=by, at=at
        )
        if total != 100:
            words = gettext("The weights of all competencies make %(total)s, not 100 yet.")
            messages.warning(self.request, words % {"total": total})
        return competency


class CompetencyCreateView(SavesCompetency, CreateView):
    """A new dimension."""


class CompetencyEditView(SavesCompetency, EditView):
    """A dimension, its weight and its items."""


class CompetencyViewSet(ModelViewSet):
    """The dimensions of post competency."""

    model = Competency
    icon = "tasks"
    menu_label = _("Competencies")
    list_display = ["name", "code", "weight_percent", "position"]
    search_fields = ["name", "code"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = CompetencyCreateView
    edit_view_class = CompetencyEditView

    def get_form_class(self, for_update: bool = False) -> type[CompetencyForm]:
        return CompetencyForm


class OrganisationGroup(ModelViewSetGroup):
    """组织: what the administrator keeps of the organisation."""

    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 150
    items = (UnitViewSet, PostViewSet, CompetencyViewSet)
