"""Which device a report of study time comes from.

A random cookie tells devices apart, since a thousand phones send the same User-Agent. It names
nobody, leaves this site for nowhere and is stored as a keyed hash only, like the address.
"""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kit.crypto import keyed_hash
from learning.rules.devices import device_label
from learning.services import Seen

COOKIE = "study_device"
A_YEAR = 365 * 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")
HASH_LENGTH = 32


def seen_of(request: HttpRequest) -> Seen:
    """Device and address of this request."""
    token = request.COOKIES.get(COOKIE, "")
    address = request.META.get("REMOTE_ADDR", "")
    return Seen(
        device_label=device_label(request.headers.get("User-Agent", "")),
        device_hash=_hashed("device", token) if _TOKEN.fullmatch(token) else "",
        address_hash=_hashed("address", address) if address else "",
    )


def know_device(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Give a device its cookie when it has none."""
    if _TOKEN.fullmatch(request.COOKIES.get(COOKIE, "")):
        return
    answer.set_cookie(
        COOKIE,
        secrets.token_hex(16),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _hashed(what: str, text: str) -> str:
    return keyed_hash(f"{what}:{text}")[:HASH_LENGTH]
