"""培训项目 in the Wagtail admin: the same programmes that HR keeps."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from audit.viewsets import recorded
from training.forms import ProgrammeForm
from training.models import Programme

VIEWS = recorded("training.programme_saved")


class ProgrammeViewSet(ModelViewSet):
    """Programmes; classes that exist keep what they copied."""

    model = Programme
    icon = "list-ul"
    menu_order = 115
    add_to_admin_menu = True
    list_display = [
        "title", "code", Column("kind", label=_("kind"), accessor="get_kind_display"),
        "issuer", "required_attendance_percent", "exam", "assessment_scheme",
    ]  # fmt: skip
    list_filter = ["kind"]
    search_fields = ["title", "code"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = VIEWS["add_view_class"]
    edit_view_class = VIEWS["edit_view_class"]

    def get_form_class(self, for_update: bool = False) -> type[ProgrammeForm]:
        return ProgrammeForm
