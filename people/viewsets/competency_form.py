"""The editing form of a competency: its items as lines of a name and points."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.numbers import fold
from people.models import Competency

MOST_POINTS = 1000


class CompetencyForm(forms.ModelForm[Competency]):
    """One dimension of post competency."""

    items = forms.CharField(
        label=gettext_lazy("competency items"),
        help_text=gettext_lazy("One item a line: its name, then its points."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Competency
        fields = ["name", "code", "weight_percent", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            lines = [f"{item.name} {item.max_points}" for item in self.instance.items.all()]
            self.initial["items"] = "\n".join(lines)

    def clean_items(self) -> list[tuple[str, int]]:
        """Names with points; the line that cannot be read is named."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.cleaned_data["items"].splitlines(), 1):
            name, _blank, points = fold(line).rpartition(" ")
            if not line.strip():
                continue
            if not (name.strip() and points.isdecimal() and 1 <= int(points) <= MOST_POINTS):
                raise forms.ValidationError(
                    _("Line %(number)s: write a name and its points.") % {"number": number}
                )
            found[name.strip()[:60]] = int(points)
        return list(found.items())
