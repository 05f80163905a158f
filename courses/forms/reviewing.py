"""The note on going through a published lesson again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.choices import ReviewOutcome


class LessonReviewForm(forms.Form):
    """What was looked at, what came of it, and when to look again."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=ReviewOutcome.choices)
    note = forms.CharField(
        label=_("What was looked at"),
        max_length=2000,
        help_text=_("For example: fees of the platforms, the date of the law, every figure."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    changed = forms.CharField(
        label=_("What was changed, or must be"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_on = forms.DateField(
        label=_("Next review on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
