"""`bin/backup FILE` and `bin/restore FILE`."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import environ

from kit.sqlite import use_modern_sqlite
from lms.operations.backup import BackupError, Place, back_up, restore

ROOT = Path(__file__).resolve().parent.parent


def place_of(data: str | None) -> Place:
    """The installation that the environment names. Settings are not loaded: they would make
    keys in the folder that a restore wants empty."""
    folder = Path(data or os.environ.get("LMS_DATA") or ROOT / "var").resolve()
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'lms.sqlite3'}"
    return Place(folder, environ.Env.db_url_config(url))


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/backup | bin/restore")
    parser.add_argument("action", choices=["backup", "restore"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", help="data folder (environment LMS_DATA, default var/)")
    options = parser.parse_args()
    use_modern_sqlite()
    place = place_of(options.data)
    try:
        if options.action == "backup":
            count = back_up(place, options.file.resolve(), at=datetime.now(UTC))
        else:
            count = restore(place, options.file.resolve())
    except BackupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{options.file}: {count} 个文件 / files\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
