"""How django-allauth behaves in this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kit.crypto import decrypt, encrypt
from kit.numbers import fold
from people.queries import find_by_login

WRONG = _("The account or the password is not correct.")


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, nothing sent by mail, failed sign-ins counted by account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "too_many_login_attempts": _(
            "Too many failed attempts on this account. Try again in five minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by HR."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One counter per account, whichever of its three names is typed."""
        login = str(credentials.get("username") or credentials.get("email") or "")
        user = find_by_login(login)
        return f"account:{user.pk}" if user else f"unknown:{fold(login[:254]).casefold()}"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Many people have no e-mail and the server may have no way out; audit rows tell."""


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are sealed at rest."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)
