"""Signing in and first sign-in by slip."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from people.models import User


class SignInForm(LoginForm):
    """One field for number, e-mail or mobile, one for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Number, mobile or e-mail")
        login.widget.attrs = {
            "class": "input num",
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        password.label = _("Password")
        password.help_text = ""
        password.widget.attrs = {"class": "input", "autocomplete": "current-password"}
        self.fields.pop("remember", None)  # allauth takes it away itself where the answer is set

    def user_credentials(self) -> dict[str, str]:
        """The back-end finds out by itself which of the three was typed."""
        return {
            "username": self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
        }


class SlipCodeForm(forms.Form):
    """The one-time code of a printed slip."""

    code = forms.CharField(
        label=_("One-time code on your slip"),
        max_length=40,
        help_text=_("On the slip of paper you were given. It works once, within 14 days."),
        widget=forms.TextInput(
            attrs={
                "class": "input num code",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "7K4M-92QX",
            }
        ),
    )


class NewPasswordForm(forms.Form):
    """A password typed twice, judged with the person in mind."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 10 characters, not only digits, not your number or name."),
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("The two passwords differ."))
        elif first and second:
            try:
                validate_password(first, self.person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data


class SetupForm(NewPasswordForm):
    """The first administrator of an empty installation."""

    number = forms.CharField(
        label=_("Employee number"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input num", "autocomplete": "username"}),
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    field_order = ["number", "name", "password1", "password2"]
