"""Telling people what happened."""

from datetime import datetime
from typing import Any

from notices.models import Notice


def notify(
    *,
    person: Any,
    event: str,
    title: str,
    at: datetime,
    body: str = "",
    url: str = "",
    key: str = "",
) -> Notice:
    """Tell one person in the site, in the caller's transaction.

    `event` is like "certificates.issued"; `url` a local path ("/me/…"), ValueError otherwise;
    with a `key` the person is told once ever, and the first notice is returned.
    """
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        raise ValueError(f"not a local path: {url!r}")
    fields = {
        "event": event,
        "title": title[:200],
        "body": body,
        "url": url,
        "created_at": at,
    }
    if not key:
        return Notice.objects.create(person=person, **fields)
    return Notice.objects.get_or_create(person=person, key=key, defaults=fields)[0]
