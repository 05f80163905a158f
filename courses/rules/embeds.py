"""Which pages outside a lesson may point to. No page of ours loads anything from there."""

from collections.abc import Iterable
from urllib.parse import urlsplit


def outside_host(url: str, allowed: Iterable[str]) -> str | None:
    """The host of an https address on the list, or below a host on it; None for any other."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or port not in (None, 443) or parts.username or parts.password:
        return None
    named = any(host == name or host.endswith(f".{name}") for name in allowed)
    return host if named else None
