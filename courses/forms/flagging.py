"""The verdict on a question whose lesson changed a figure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.choices import FlagVerdict


class FlagVerdictForm(forms.Form):
    """What was decided and why; `seen` is the last flag that stood on the page."""

    verdict = forms.ChoiceField(
        label=_("The question"), choices=FlagVerdict.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("For example: asks for the fee of 2026, which the lesson still names."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
