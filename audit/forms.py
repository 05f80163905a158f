"""The filters of the audit list."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models.row import AuditRowQuerySet


class AuditFilterForm(forms.Form):
    """Everything is optional; what is filled in must all be true of a row."""

    action = forms.CharField(label=_("Action"), max_length=80, required=False)
    actor = forms.CharField(label=_("Who"), max_length=160, required=False)
    object = forms.CharField(label=_("What it was about"), max_length=200, required=False)
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bound in self.visible_fields():
            bound.field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))
        return cleaned

    def filter(self, rows: AuditRowQuerySet) -> AuditRowQuerySet:
        """The rows that match; none while the form has faults."""
        if not self.is_valid():
            return rows.none()
        given = self.cleaned_data
        if given["action"]:
            rows = rows.filter(action__startswith=given["action"].strip())
        if given["actor"]:
            rows = rows.by(given["actor"].strip())
        if given["object"]:
            rows = rows.about(given["object"].strip())
        if given["since"]:
            rows = rows.filter(at__gte=_midnight(given["since"]))
        if given["until"]:
            rows = rows.filter(at__lte=_last_instant(given["until"]))
        return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _last_instant(day: date) -> datetime:
    return datetime.combine(day, time.max, timezone.get_current_timezone())
