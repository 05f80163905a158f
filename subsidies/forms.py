"""HTTP input of claims and fees → clean values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.money import parse_yuan
from subsidies.choices import DocumentKind
from subsidies.models import PolicyVersion


class YuanField(forms.CharField):
    """An amount typed in yuan; its clean value is fen."""

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return parse_yuan(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("Enter an amount in yuan with at most two decimals, for example 3600.00.")
            ) from error


class OfferForm(forms.Form):
    """What the page of offers showed, so that nobody begins a claim over another amount."""

    amount_fen = forms.IntegerField(required=False, min_value=0)


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of paper"), choices=DocumentKind)
    file = forms.FileField(label=_("File (PDF, PNG or JPEG, at most 5 MB)"))


class DecisionForm(forms.Form):
    """One step of a claim: which, and why or under which reference."""

    step = forms.ChoiceField(
        choices=[(step, step) for step in ("check", "approve", "pay", "return", "refuse")]
    )
    reason = forms.CharField(required=False, max_length=300, label=_("Reason"))
    reference = forms.CharField(required=False, max_length=60, label=_("Bank reference"))


class PaymentForm(forms.Form):
    amount = YuanField(label=_("Amount in yuan"), max_length=20)
    paid_on = forms.DateField(
        label=_("Paid on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    receipt_number = forms.CharField(label=_("Receipt number"), max_length=40)


class WaiverForm(forms.Form):
    policy_version = forms.ModelChoiceField(
        label=_("Policy"), queryset=PolicyVersion.objects.none()
    )
    evidence = forms.CharField(
        label=_("Evidence, for example the number of the student card"), max_length=200
    )

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy_version"].queryset = versions  # type: ignore[attr-defined]


class WaiverDecisionForm(forms.Form):
    approve = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes"
    )
    reason = forms.CharField(required=False, max_length=300, label=_("Reason"))


class BatchForm(forms.Form):
    """Which class and which policy version to file."""

    training_class = forms.IntegerField(min_value=1)
    policy_version = forms.IntegerField(min_value=1)
