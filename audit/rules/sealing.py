"""The chain of seals: each seal hashes the one before it and the digests of its rows."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from kit.canonical import digest

FIRST_PREVIOUS = "0" * 64


def row_digest(content: Mapping[str, Any]) -> str:
    """What one row says, as 64 hex digits."""
    return digest(content)


def seal_hash(previous: str, number: int, digests: Iterable[str]) -> str:
    """The hash of a seal over its rows' digests, in order of row id."""
    chain = hashlib.sha256(f"{previous}\n{number}\n".encode())
    for each in digests:
        chain.update(each.encode())
    return chain.hexdigest()
