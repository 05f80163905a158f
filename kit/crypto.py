"""Fields sealed at rest, and keyed hashes to look sealed values up.

A sealed value names its key ("k1:…"), so keys can be rotated while old values stay readable.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from kit.keys import Keys

_NONCE_BYTES = 12


class SealError(ValueError):
    """A sealed value is damaged, or sealed with a key this installation does not hold."""


def _keys() -> Keys:
    keys: Keys = settings.KEYS
    return keys


def encrypt(text: str) -> str:
    """Seal a text with the current key (AES-256-GCM): "<key id>:<base64 of nonce and text>"."""
    name = _keys().current_field_key
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_keys().field_keys[name]).encrypt(nonce, text.encode(), name.encode())
    return f"{name}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(token: str) -> str:
    """Open a sealed value; SealError when it cannot be opened."""
    name, _, body = token.partition(":")
    key = _keys().field_keys.get(name)
    if key is None:
        raise SealError(f"no field key named {name!r}")
    try:
        raw = base64.urlsafe_b64decode(body.encode())
        opened = AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise SealError("the sealed value is damaged") from error
    return opened.decode()


def keyed_hash(text: str) -> str:
    """HMAC-SHA-256 with this installation's hash key, 64 hex digits; equal texts hash equal."""
    return hmac.new(_keys().hash_key, text.encode(), hashlib.sha256).hexdigest()
