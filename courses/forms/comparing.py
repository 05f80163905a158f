"""Which two versions of a course to compare."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import CourseVersion


class CompareForm(forms.Form):
    """Two numbers of versions; the newest and the one before it unless said otherwise."""

    def __init__(self, data: Any, *, versions: list[CourseVersion]) -> None:
        newest, before = versions[0].number, versions[1].number
        super().__init__({"from": data.get("from", before), "to": data.get("to", newest)})
        choices = [(str(each.number), self._named(each)) for each in versions]
        for name, label in (("from", gettext_lazy("Before")), ("to", gettext_lazy("After"))):
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                error_messages={"invalid_choice": _("This course has no version “%(value)s”.")},
            )

    def _named(self, version: CourseVersion) -> str:
        return f"v{version.number} · {timezone.localtime(version.published_at):%Y-%m-%d}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("from") and cleaned.get("from") == cleaned.get("to"):
            self.add_error("to", _("Choose two different versions."))
        return cleaned
