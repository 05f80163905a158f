"""The installation's own keys: generated once into the data folder, or given by environment."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    """secret_key signs sessions; field_keys (id → 32 bytes) encrypt; hash_key makes look-ups."""

    secret_key: str
    field_keys: dict[str, bytes]
    current_field_key: str
    hash_key: bytes


def _fresh() -> dict[str, object]:
    return {
        "secret_key": secrets.token_urlsafe(48),
        "field_keys": {"k1": base64.b64encode(secrets.token_bytes(32)).decode()},
        "current_field_key": "k1",
        "hash_key": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


def load_or_create(path: Path) -> Keys:
    """Read the key file, making it (mode 0600) on the first start.

    Two processes may start at once: the file is linked into place whole, so both read one set.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            json.dump(_fresh(), handle, indent=1)
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:  # another process was first; its keys are the keys
            pass
        finally:
            temporary.unlink()
    return parse(path.read_text())


def parse(text: str) -> Keys:
    """The keys of a key file's text (JSON; byte keys in base64)."""
    raw = json.loads(text)
    return Keys(
        secret_key=raw["secret_key"],
        field_keys={name: base64.b64decode(key) for name, key in raw["field_keys"].items()},
        current_field_key=raw["current_field_key"],
        hash_key=base64.b64decode(raw["hash_key"]),
    )
