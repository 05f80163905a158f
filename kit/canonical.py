"""One spelling of JSON, so that the same content always has the same digest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID


def canonical_json(obj: Any) -> str:
    """JSON with sorted keys and no blanks; equal before and after a trip through JSON storage.

    Decimals, fractions, dates and UUIDs become text, instants UTC. TypeError for anything that
    has no plain spelling, ValueError for NaN and infinities.
    """
    return json.dumps(
        _plain(obj), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(obj: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits."""
    return hashlib.sha256(canonical_json(obj).encode()).hexdigest()


def _plain(obj: Any) -> Any:
    if obj is None or isinstance(obj, str | bool | int | float):
        return obj
    if isinstance(obj, datetime):
        if obj.tzinfo is None:
            raise TypeError("an instant needs a time zone")
        return obj.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(obj, date):
        return obj.isoformat()
    if isinstance(obj, Decimal | Fraction | UUID):
        return str(obj)
    if isinstance(obj, Mapping):
        return {str(key): _plain(value) for key, value in obj.items()}
    if isinstance(obj, Sequence) and not isinstance(obj, bytes | bytearray):
        return [_plain(value) for value in obj]
    raise TypeError(f"no canonical spelling for {type(obj).__name__}")
