"""Use the SQLite of the pysqlite3 wheel where it is installed.

Debian 12 ships SQLite 3.40, which is in the range of the WAL-reset bug (fixed in 3.51.3,
sqlite.org/wal.html#walresetbug). Must run before Django imports its database back-end.
"""

import sys


def use_modern_sqlite() -> None:
    """Put pysqlite3 in the place of the standard library's sqlite3, if it is there."""
    try:
        import pysqlite3
        from pysqlite3 import dbapi2
    except ImportError:  # another platform: the standard library's module serves
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
