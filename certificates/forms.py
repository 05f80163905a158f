"""HTTP input of the exam office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.choices import RevocationGround
from certificates.models import CertificateScheme
from certificates.models.scheme import default_signatories
from certificates.rules.numbers import ISSUER_CODE, KIND_CODE
from training.models import Programme


class SchemeForm(forms.ModelForm[CertificateScheme]):
    """A programme's scheme. What may not be printed is refused by the service."""

    signatories = forms.CharField(
        label=_("signature lines"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line, two at most."),
        required=False,
    )

    class Meta:
        model = CertificateScheme
        fields = [
            "title", "issuer_name", "issuer_uscc", "issuer_code", "kind_code",
            "validity_months", "signatories", "basis", "language",
        ]  # fmt: skip
        help_texts = {
            "title": _("Without brackets in brackets; at most 80 Chinese characters."),
            "issuer_code": _("Begins every certificate number, such as DEMO."),
            "kind_code": _("Two letters or digits, such as YY."),
            "basis": _("Needed only where the title contains 师: the rule that allows it."),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = self.instance.signatories if self.instance.pk else default_signatories()
        self.initial["signatories"] = "\n".join(lines)
        if not self.instance.pk:
            self.initial.setdefault("title", programme.title)
            self.initial.setdefault("issuer_name", programme.issuer)

    def clean_signatories(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["signatories"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > 2:
            raise forms.ValidationError(_("One a line, two at most."))
        return lines

    def clean_issuer_code(self) -> str:
        """In the service's words: the table's own constraint speaks only in names."""
        code = str(self.cleaned_data["issuer_code"]).strip().upper()
        if not ISSUER_CODE.fullmatch(code):
            raise forms.ValidationError(_("Two to eight capital letters or digits."))
        return code

    def clean_validity_months(self) -> int | None:
        months: int | None = self.cleaned_data["validity_months"]
        if months == 0:
            raise forms.ValidationError(_("This is out of range."))
        return months

    def clean_kind_code(self) -> str:
        code = str(self.cleaned_data["kind_code"]).strip().upper()
        if not KIND_CODE.fullmatch(code):
            raise forms.ValidationError(_("Exactly two capital letters or digits."))
        return code


class RevocationForm(forms.Form):
    """Why a certificate shall be revoked."""

    ground = forms.ChoiceField(
        label=_("Ground (public)"),
        choices=RevocationGround.choices,
        help_text=_("Shown on the verification page."),
    )
    note = forms.CharField(
        label=_("Reason (stays inside)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
