"""HTTP input of the exam floor."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PointsForm(forms.Form):
    """Points for every key point of a question, and a comment for the candidate."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, key: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = key["points"]
        for number, point in enumerate(self.points):
            self.fields[f"point_{number}"] = forms.DecimalField(
                label=point["point"],
                min_value=0,
                max_value=Decimal(point["mark"]),
                max_digits=6,
                decimal_places=1,
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )

    def rows(self) -> list[tuple[Any, dict[str, Any]]]:
        """(field, key point) in order."""
        return [(self[f"point_{n}"], point) for n, point in enumerate(self.points)]

    def given(self) -> list[Any]:
        """The points given, in order."""
        return [self.cleaned_data[f"point_{n}"] for n in range(len(self.points))]
