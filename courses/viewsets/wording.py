"""广告法用语: the words that are pointed out to authors."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from audit.viewsets import recorded
from courses.models import AdvertisingWord

VIEWS = recorded("courses.advertising_word_saved")


class AdvertisingWordViewSet(ModelViewSet):
    """Words, what to write instead, and the phrases in which they are harmless."""

    model = AdvertisingWord
    icon = "warning"
    menu_label = _("Advertising Law words")
    list_display = [
        "word", "hint",
        Column("is_active", label=_("in use"),
               accessor=lambda each: gettext("yes") if each.is_active else gettext("no")),
    ]  # fmt: skip
    list_filter = ["is_active"]
    search_fields = ["word", "hint"]
    search_backend_name = None
    copy_view_enabled = False
    form_fields = ["word", "hint", "exceptions", "is_active"]
    add_view_class = VIEWS["add_view_class"]
    edit_view_class = VIEWS["edit_view_class"]
