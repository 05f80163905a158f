"""Files that never lie under a media URL; papers among them are named by their content."""

import os
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.core.files.storage import storages

# A file younger than this may belong to a worker that has not yet told the database.
ORPHAN_SECONDS = 3600


def private_storage() -> Any:
    """The storage for submissions, certificates, dossiers and exports (a callable, so that
    migrations do not freeze this machine's path)."""
    return storages["private"]


def put_once(folder: str, data: bytes, suffix: str = ".pdf") -> tuple[str, str]:
    """Store bytes under the name of their content; (name, SHA-256). Equal bytes, one file.

    Readers never see half a file: it is written aside, flushed to disk and renamed. Call it
    before the transaction that names the file; what a crash leaves in between is an orphan.
    """
    content = sha256(data).hexdigest()
    name = f"{folder}/{content[:2]}/{content}{suffix}"
    path = Path(private_storage().path(name))
    if path.exists():
        path.touch()  # young again, so that the cleaner leaves it to its new owner
        return name, content
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{content}.{token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(path)
    _flush_folder(path.parent)
    return name, content


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_orphans(folder: str, *, known: Collection[str], at: datetime) -> int:
    """Remove files of `put_once` that nobody names, left by workers that died; how many went."""
    root = Path(private_storage().path(folder))
    removed = 0
    for path in root.glob("*/*") if root.is_dir() else ():
        name = f"{folder}/{path.parent.name}/{path.name}"
        if name not in known and at.timestamp() - path.stat().st_mtime >= ORPHAN_SECONDS:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
