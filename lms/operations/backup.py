"""One archive with everything an installation needs to live again: database, files, keys.

Layout of the archive (tar, gzip): manifest.json (first; format, time, SHA-256 of each member),
database.sqlite3 or database.pgdump, keys.json, private/…, media/…. The archive holds the keys
and is made readable by its owner alone: keep it as you keep the keys.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FORMAT = 1
FOLDERS = ("private", "media")
FILES = ("keys.json", "demo", "demo-loaded", "started")


class BackupError(Exception):
    """A backup or restore that must not go on; the text names the reason and the remedy."""


@dataclass(frozen=True)
class Place:
    """Where the installation lives: its data folder, and its database's Django settings."""

    data: Path
    database: dict[str, Any]

    @property
    def is_sqlite(self) -> bool:
        return str(self.database["ENGINE"]).endswith("sqlite3")

    @property
    def member(self) -> str:
        return "database.sqlite3" if self.is_sqlite else "database.pgdump"


def _postgres(place: Place) -> tuple[list[str], dict[str, str]]:
    """Connection options and environment for PostgreSQL's own tools."""
    options = ["--dbname", str(place.database["NAME"])]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if place.database.get(key):
            options += [option, str(place.database[key])]
    return options, {**os.environ, "PGPASSWORD": str(place.database.get("PASSWORD") or "")}


def dump_database(place: Place, target: Path) -> None:
    """A consistent copy while the platform runs."""
    if place.is_sqlite:
        import sqlite3

        source = sqlite3.connect(str(place.database["NAME"]))
        copy = sqlite3.connect(target)
        with copy:
            source.backup(copy)
        copy.close()
        source.close()
        return
    options, environment = _postgres(place)
    command = ["pg_dump", "--format=custom", "--no-owner", "--file", str(target), *options]
    subprocess.run(command, check=True, env=environment)  # noqa: S603


def _members(place: Place, dump: Path) -> Iterator[tuple[str, Path]]:
    yield place.member, dump
    for name in FILES:
        if (place.data / name).exists():
            yield name, place.data / name
    for folder in FOLDERS:
        for path in sorted((place.data / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(place.data).as_posix(), path


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def back_up(place: Place, target: Path, *, at: datetime) -> int:
    """Write the archive; it appears under its name only when it is whole. Returns the members."""
    with tempfile.TemporaryDirectory(prefix="lms-backup-") as folder:
        dump = Path(folder) / place.member
        # The database first: a file that a row names exists before the row does.
        dump_database(place, dump)
        members = list(_members(place, dump))
        manifest = {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "database": place.member,
            "sha256": {name: _digest(path) for name, path in members},
        }
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.{os.getpid()}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            with tarfile.open(fileobj=handle, mode="w:gz", compresslevel=6) as archive:
                _add_text(archive, "manifest.json", json.dumps(manifest, indent=1))
                for name, path in members:
                    archive.add(path, arcname=name, recursive=False)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(target)
    return len(members)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(text.encode()), 0o600
    archive.addfile(member, io.BytesIO(text.encode()))


def restore(place: Place, source: Path) -> int:
    """Bring an archive back into an empty data folder (and an empty PostgreSQL database)."""
    if not source.exists():
        raise BackupError(f"没有这个文件 / no such file: {source}")
    database = Path(str(place.database["NAME"]))
    if (place.data / "keys.json").exists() or (place.is_sqlite and database.exists()):
        raise BackupError(
            f"数据目录不是空的，请换一个或先移走 / the data folder is not empty: {place.data}"
        )
    with tempfile.TemporaryDirectory(prefix="lms-restore-") as folder:
        unpacked = Path(folder)
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(unpacked, filter="data")
        manifest = _checked(unpacked, place)
        place.data.mkdir(parents=True, exist_ok=True)
        for name in manifest["sha256"]:
            if name != place.member:
                _put(unpacked / name, place.data / name)
        _load_database(place, unpacked / place.member)
    return len(manifest["sha256"])


def _checked(unpacked: Path, place: Place) -> dict[str, Any]:
    """The manifest, after every member has been compared with it."""
    manifest: dict[str, Any] = json.loads((unpacked / "manifest.json").read_text())
    if manifest["format"] != FORMAT:
        raise BackupError(f"备份格式不认识 / unknown backup format {manifest['format']}")
    if manifest["database"] != place.member:
        raise BackupError(
            f"备份里是 {manifest['database']}，与 DATABASE_URL 不符 / "
            f"the backup holds {manifest['database']}: set DATABASE_URL to match"
        )
    for name, digest in manifest["sha256"].items():
        if _digest(unpacked / name) != digest:
            raise BackupError(f"备份已损坏 / the backup is damaged: {name}")
    return manifest


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    target.chmod(0o600)


def _load_database(place: Place, dump: Path) -> None:
    if place.is_sqlite:
        _put(dump, Path(str(place.database["NAME"])))
        return
    options, environment = _postgres(place)
    command = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"]
    subprocess.run([*command, *options, str(dump)], check=True, env=environment)  # noqa: S603
