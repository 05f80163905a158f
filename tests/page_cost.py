"""What a page costs: a list must ask the database as often for three rows as for one."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, path):
    """How many queries a page takes once the session and the caches are warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def one_and_three(client, path, make):
    """The cost with one row that `make` made, and with three."""
    make()
    one = queries_of(client, path)
    make()
    make()
    return one, queries_of(client, path)
