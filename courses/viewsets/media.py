"""The list, the forms and the chooser of the media library."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.views.generic.chooser import ChosenMultipleView, ChosenView
from wagtail.admin.views.generic.chooser import CreateView as ChooserCreateView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from audit.viewsets import SavesByService
from courses.models import MediaFile
from courses.services import add_media, describe_media
from courses.viewsets.chosen import ByNumber
from courses.viewsets.media_form import MediaForm, WordsForm
from kit.refusing import Refused


def add_from_form(form: MediaForm, by: Any, at: datetime) -> MediaFile:
    """The new file that a form holds."""
    file = form.cleaned_data["file"]
    return add_media(upload=file, name=file.name, words=form.words, by=by, at=at)


class MediaCreateView(SavesByService, CreateView):
    """A new file."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> MediaFile:
        return add_from_form(self.form, by, at)


class MediaEditView(SavesByService, EditView):
    """Other words about a file; another version of it is another file."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> MediaFile:
        return describe_media(media=self.form.instance, words=self.form.words, by=by, at=at)


class MediaViewSet(ModelViewSet):
    """Pictures, videos, recordings and files of the lessons."""

    model = MediaFile
    icon = "media"
    menu_label = _("Media library")
    list_display = [
        "title",
        Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
        Column("size", label=_("size"), accessor=lambda m: filesizeformat(m.size), sort_key="size"),
        "source",
        Column("licence", label=_("licence"), accessor="get_licence_display", sort_key="licence"),
        "added_at",
    ]
    list_filter = ["kind", "licence"]
    search_fields = ["title", "source", "alt_text", "name"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = MediaCreateView
    edit_view_class = MediaEditView

    def get_form_class(self, for_update: bool = False) -> type[WordsForm]:
        return WordsForm if for_update else MediaForm


class ChooserAddView(ChooserCreateView):
    """A new file from inside a lesson; what the service refuses stands on the form."""

    def post(self, request: HttpRequest) -> HttpResponse:
        self.form = self.get_creation_form()
        if self.form.is_valid():
            try:
                added = add_from_form(self.form, request.user, timezone.now())
            except Refused as error:
                self.form.add_error(None, error.message)
            else:
                answer: HttpResponse = self.get_chosen_response(added)
                return answer
        answer = self.get_reshow_creation_form_response()
        return answer


class ChosenMediaView(ByNumber, ChosenView):
    """One chosen."""


class ChosenMediaMultipleView(ByNumber, ChosenMultipleView):
    """Several chosen."""


class MediaChooserViewSet(ChooserViewSet):
    """Choosing from the library; `?kind=` narrows it to what a part can show."""

    model = MediaFile
    icon = "media"
    choose_one_text = _("Choose from the media library")
    choose_another_text = _("Choose another file")
    edit_item_text = _("Edit this file")
    create_action_label = _("Add a file")
    creation_form_class = MediaForm
    create_view_class = ChooserAddView
    chosen_view_class = ChosenMediaView
    chosen_multiple_view_class = ChosenMediaMultipleView
    url_filter_parameters = ["kind"]
    preserve_url_parameters = ["multiple", "kind"]
