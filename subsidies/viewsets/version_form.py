"""The editing form of a policy version: its terms as fields, money in yuan."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from kit.money import format_yuan, parse_yuan
from people.roles import has_role
from subsidies.choices import DocumentKind, Payee
from subsidies.models import PolicyVersion
from subsidies.rules.terms import Method, TermsError, terms_of
from subsidies.services.policies import PUBLISHERS
from training.choices import ProgrammeKind

METHODS = [
    (Method.FEE_CAPPED, gettext_lazy("the fee, at most the cap")),
    (Method.WAIVER_CAPPED, gettext_lazy("taken off before payment, at most the cap")),
    (Method.FULL, gettext_lazy("the whole fee")),
    (Method.PERCENT, gettext_lazy("a share of the fee")),
]
CAPPED = {Method.FEE_CAPPED, Method.WAIVER_CAPPED}
PLAIN = (
    "method", "percent", "quota_per_year", "payee", "window_days", "stackable", "minimum_age",
    "requires_certificate", "requires_pass", "requires_unemployment", "programme_kind",
)  # fmt: skip
TOLD_AT = {"cap_fen": "cap"}


class PolicyVersionForm(WagtailAdminModelForm):
    """A draft version; publishing, when asked for, freezes it for good."""

    method = forms.ChoiceField(label=gettext_lazy("how the amount follows"), choices=METHODS)
    percent = forms.IntegerField(
        label=gettext_lazy("share of the fee in percent"), min_value=1, max_value=100, initial=100
    )
    cap = forms.CharField(
        label=gettext_lazy("cap in yuan"), max_length=20, required=False,
        help_text=gettext_lazy("Empty: no cap. At most two decimal places."),
    )  # fmt: skip
    quota_per_year = forms.IntegerField(
        label=gettext_lazy("places a year"), min_value=1, required=False,
        help_text=gettext_lazy("Empty: without limit."),
    )  # fmt: skip
    payee = forms.ChoiceField(label=gettext_lazy("paid to"), choices=Payee.choices)
    window_days = forms.IntegerField(
        label=gettext_lazy("days to claim after the certificate"), min_value=1, initial=365
    )
    minimum_age = forms.IntegerField(
        label=gettext_lazy("minimum age"), min_value=0, max_value=100, initial=16
    )
    programme_kind = forms.ChoiceField(
        label=gettext_lazy("only programmes of this kind"), required=False,
        choices=[("", gettext_lazy("every kind")), *ProgrammeKind.choices],
    )  # fmt: skip
    requires_certificate = forms.BooleanField(
        label=gettext_lazy("needs a certificate"), required=False, initial=True
    )
    requires_pass = forms.BooleanField(label=gettext_lazy("needs a pass"), required=False)
    requires_unemployment = forms.BooleanField(
        label=gettext_lazy("not for people employed during training"), required=False
    )
    stackable = forms.BooleanField(
        label=gettext_lazy("may be claimed beside another policy"), required=False
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("papers to hand in"), required=False, choices=DocumentKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    publish_now = forms.BooleanField(
        label=gettext_lazy("publish now"), required=False,
        help_text=gettext_lazy(
            "A published version never changes; the one before it ends the day before."
        ),
    )  # fmt: skip
    field_order = [
        "policy", "valid_from", "valid_to", "method", "percent", "cap", "quota_per_year", "payee",
    ]  # fmt: skip

    class Meta:
        model = PolicyVersion
        fields = ["policy", "valid_from", "valid_to", "source", "basis_note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= shown(self.instance.data)
            self.fields["policy"].disabled = True
        if self.for_user is not None and not has_role(self.for_user, *PUBLISHERS):
            del self.fields["publish_now"]

    def clean_cap(self) -> int | None:
        """Fen."""
        text = self.cleaned_data["cap"]
        if not text.strip():
            return None
        try:
            return parse_yuan(text)
        except ValueError as error:
            raise forms.ValidationError(_("An amount such as 3,600.00 is needed.")) from error

    def clean(self) -> dict[str, Any]:
        """Also leaves the terms on the instance; what they lack is told at its field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and cleaned["method"] in CAPPED and cleaned["cap"] is None:
            self.add_error("cap", _("This way of reckoning needs a cap."))
        if self.errors:
            return cleaned
        policy = cleaned["policy"]
        data = {
            **{name: cleaned[name] for name in PLAIN},
            "cap_fen": cleaned["cap"], "documents": cleaned["documents"],
            "code": policy.code, "audience": policy.audience,
        }  # fmt: skip
        try:
            self.instance.data = terms_of(data).as_data()
        except TermsError as error:
            self.add_error(TOLD_AT.get(error.field, error.field), _("This is out of range."))
        return cleaned


def shown(data: dict[str, Any]) -> dict[str, Any]:
    """Stored terms as the form shows them."""
    terms = terms_of(data)
    cap = "" if terms.cap_fen is None else format_yuan(terms.cap_fen)
    return {**{name: getattr(terms, name) for name in PLAIN}, "cap": cap,
            "documents": list(terms.documents)}  # fmt: skip
