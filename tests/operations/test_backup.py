import json
import os
import sqlite3
import tarfile
from datetime import UTC, datetime

import pytest

from lms.operations.backup import BackupError, Place, back_up, restore

AT = datetime(2026, 3, 13, tzinfo=UTC)


def place(folder):
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "lms.sqlite3")}
    return Place(folder, database)


@pytest.fixture
def living(tmp_path):
    here = place(tmp_path / "living")
    (here.data / "private" / "certificates").mkdir(parents=True)
    (here.data / "private" / "certificates" / "a.pdf").write_bytes(b"%PDF-1.7 a")
    (here.data / "keys.json").write_text('{"secret_key": "s"}')
    with sqlite3.connect(here.database["NAME"]) as link:
        link.execute("CREATE TABLE certificate (number TEXT)")
        link.execute("INSERT INTO certificate VALUES ('DEMO-2026-01-000001A')")
    link.close()
    return here


def test_what_was_backed_up_comes_back(living, tmp_path):
    archive = tmp_path / "out" / "b.tar.gz"
    back_up(living, archive, at=AT)
    fresh = place(tmp_path / "fresh")

    restore(fresh, archive)

    rows = sqlite3.connect(fresh.database["NAME"]).execute("SELECT * FROM certificate").fetchall()
    assert rows == [("DEMO-2026-01-000001A",)]
    assert (fresh.data / "private/certificates/a.pdf").read_bytes() == b"%PDF-1.7 a"
    assert (fresh.data / "keys.json").read_text() == '{"secret_key": "s"}'
    assert os.stat(fresh.data / "keys.json").st_mode & 0o777 == 0o600


def test_archive_is_for_its_owner_alone(living, tmp_path):
    archive = tmp_path / "b.tar.gz"

    back_up(living, archive, at=AT)

    assert os.stat(archive).st_mode & 0o777 == 0o600


def test_restore_refuses_a_folder_that_is_in_use(living, tmp_path):
    archive = tmp_path / "b.tar.gz"
    back_up(living, archive, at=AT)

    with pytest.raises(BackupError, match="not empty"):
        restore(living, archive)


def test_restore_refuses_a_damaged_archive(living, tmp_path):
    archive, unpacked = tmp_path / "b.tar.gz", tmp_path / "unpacked"
    back_up(living, archive, at=AT)
    with tarfile.open(archive) as opened:
        opened.extractall(unpacked, filter="data")
    (unpacked / "private/certificates/a.pdf").write_bytes(b"forged")
    with tarfile.open(archive, "w:gz") as opened:
        opened.add(unpacked, arcname=".")

    with pytest.raises(BackupError, match="damaged"):
        restore(place(tmp_path / "fresh"), archive)
    assert not (tmp_path / "fresh" / "lms.sqlite3").exists()


def test_restore_refuses_the_other_kind_of_database(living, tmp_path):
    archive = tmp_path / "b.tar.gz"
    back_up(living, archive, at=AT)
    other = Place(tmp_path / "fresh", {"ENGINE": "django.db.backends.postgresql", "NAME": "x"})

    with pytest.raises(BackupError, match="DATABASE_URL"):
        restore(other, archive)


def test_restore_says_when_there_is_no_such_file(tmp_path):
    with pytest.raises(BackupError, match="no such file"):
        restore(place(tmp_path), tmp_path / "nothing.tar.gz")


def test_restore_refuses_a_format_it_does_not_know(living, tmp_path):
    archive, unpacked = tmp_path / "b.tar.gz", tmp_path / "unpacked"
    back_up(living, archive, at=AT)
    with tarfile.open(archive) as opened:
        opened.extractall(unpacked, filter="data")
    manifest = json.loads((unpacked / "manifest.json").read_text()) | {"format": 99}
    (unpacked / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(archive, "w:gz") as opened:
        opened.add(unpacked, arcname=".")

    with pytest.raises(BackupError, match="format 99"):
        restore(place(tmp_path / "fresh"), archive)
