import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kit.storage import private_storage, put_once, remove_orphans

pytestmark = pytest.mark.usefixtures("own_folder")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def path_of(name):
    return Path(private_storage().path(name))


def written_at(name):
    return datetime.fromtimestamp(path_of(name).stat().st_mtime, SHANGHAI)


def test_equal_bytes_are_one_file_and_others_another():
    first, again, other = (put_once("papers", data) for data in (b"a", b"a", b"b"))

    assert first == again
    assert first[0] == f"papers/{first[1][:2]}/{first[1]}.pdf"
    assert path_of(first[0]).read_bytes() == b"a"
    assert path_of(other[0]).read_bytes() == b"b"


def test_what_nobody_names_goes_once_it_is_old():
    kept, left = put_once("papers", b"kept")[0], put_once("papers", b"left")[0]
    moment = written_at(left)

    early = remove_orphans("papers", known={kept}, at=moment + timedelta(minutes=59))
    late = remove_orphans("papers", known={kept}, at=moment + timedelta(minutes=61))

    assert (early, late, path_of(kept).exists(), path_of(left).exists()) == (0, 1, True, False)


def test_an_orphan_taken_up_again_is_young_again():
    name, _content = put_once("papers", b"left")
    old = written_at(name) - timedelta(hours=2)
    os.utime(path_of(name), (old.timestamp(), old.timestamp()))

    put_once("papers", b"left")

    assert written_at(name) - old >= timedelta(hours=2)


def test_the_cleaner_bears_an_empty_store():
    assert remove_orphans("papers", known=set(), at=datetime.now(SHANGHAI)) == 0
