"""Words given on a class and on its transfer to the job."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SCALE = [
    (5, _("5 · very good")), (4, _("4 · good")), (3, _("3 · fair")), (2, _("2 · poor")),
    (1, _("1 · bad")),
]  # fmt: skip


def scale(label: Any) -> forms.TypedChoiceField:
    """One to five, best first."""
    return forms.TypedChoiceField(label=label, choices=SCALE, coerce=int, widget=forms.RadioSelect)


class SurveyForm(forms.Form):
    score = scale(_("Overall, how was this class?"))
    content_score = scale(_("Was the content useful for your work?"))
    trainer_score = scale(_("How did the trainers teach?"))
    comment = forms.CharField(
        label=_("What should we keep, what should we change?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FollowUpForm(forms.Form):
    word = forms.TypedChoiceField(
        label=_("Is what was learned applied at work?"),
        choices=[("yes", _("Yes")), ("no", _("Not yet"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("An example, or what stands in the way"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
