"""What a report is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from reports.queries.kpis import units_to_choose
from reports.queries.scope import Scope


class ScopeForm(forms.Form):
    """Year and unit. An unknown unit or an odd year is an error, never ignored."""

    year = forms.IntegerField(
        label=_("Year"), min_value=2000, max_value=2100, required=False,
        widget=forms.NumberInput({"class": "form-control"}),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"),
        widget=forms.Select({"class": "form-select"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *args: Any, this_year: int, **kwargs: Any) -> None:
        # The page shows the year it counts, also when nobody has typed one.
        if data is not None and not data.get("year"):
            data = {**dict(data.items()), "year": this_year}
        super().__init__(data, *args, **kwargs)
        self.this_year = this_year
        self.fields["unit"].queryset = units_to_choose()  # type: ignore[attr-defined]

    @property
    def scope(self) -> Scope:
        """The scope asked for; without a year, this one."""
        unit = self.cleaned_data.get("unit")
        return Scope(self.cleaned_data.get("year") or self.this_year, unit.pk if unit else None)


class ExportForm(ScopeForm):
    kind = forms.ChoiceField(label=_("Report"), choices=[("completion", ""), ("subsidies", "")])
    format = forms.ChoiceField(label=_("Format"), choices=[("xlsx", ""), ("csv", "")])
