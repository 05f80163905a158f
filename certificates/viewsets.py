"""证书 in the Wagtail admin: what the certificates of each programme say."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from audit.viewsets import SavesByService
from certificates.forms import SchemeForm
from certificates.models import CertificateScheme
from certificates.services import save_scheme
from kit.refusing import Refused
from training.models import Programme


class SchemeAdminForm(SchemeForm):
    """A scheme together with its programme, which never changes afterwards."""

    programme = forms.ModelChoiceField(
        label=_("programme"), queryset=Programme.objects.filter(certificate_scheme=None)
    )
    field_order = ["programme"]

    def __init__(
        self, *args: Any, instance: CertificateScheme | None = None, **kwargs: Any
    ) -> None:
        saved = instance if instance is not None and instance.pk else None
        programme = saved.programme if saved else Programme()
        super().__init__(*args, instance=instance, programme=programme, **kwargs)
        if saved:
            field = forms.ModelChoiceField(
                label=_("programme"), queryset=Programme.objects.filter(pk=programme.pk),
                initial=programme, disabled=True,
            )  # fmt: skip
            self.fields["programme"] = field
            self.order_fields(["programme"])


class SavesScheme(SavesByService):
    """Only the service writes schemes, so wording that may not be printed is refused."""

    refusals = (Refused,)

    def save_by(self, by: Any, at: datetime) -> CertificateScheme:
        return save_scheme(by=by, at=at, **self.form.cleaned_data)


class SchemeCreateView(SavesScheme, CreateView):
    """The scheme of a programme that has none."""


class SchemeEditView(SavesScheme, EditView):
    """A scheme; certificates already issued keep their own words."""


class SchemeViewSet(ModelViewSet):
    """Certificate schemes, kept by exam officers."""

    model = CertificateScheme
    icon = "success"
    menu_label = _("Certificates")
    menu_order = 130
    add_to_admin_menu = True
    list_display = ["programme", "title", "issuer_name", "issuer_code", "kind_code"]
    search_fields = ["title", "issuer_name", "programme__title"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = SchemeCreateView
    edit_view_class = SchemeEditView

    def get_form_class(self, for_update: bool = False) -> type[SchemeAdminForm]:
        return SchemeAdminForm
