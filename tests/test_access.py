"""The role matrix: an address missing from it fails the build."""

import importlib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from tests.access import EVERYBODY, World
from tests.journeys.screens import NOT_SCREENS, SCREENS, WITH_A_STEP_BEFORE

HERE = Path(__file__).parent
MODULES = [
    importlib.import_module(f"tests.{path.parent.name}.access_rows")
    for path in sorted(HERE.glob("*/access_rows.py"))
]
ROWS = [row for module in MODULES for row in module.ROWS]
OURS = {app.rpartition(".")[2] for app in settings.HOUSE_APPS} | {"operations"}


def own_names(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = entry.namespace or namespace
            if not namespace and entry.namespace and entry.namespace not in OURS:
                continue
            yield from own_names(entry, inner)
        elif entry.name and namespace in OURS:
            yield f"{namespace}:{entry.name}"


def test_every_own_address_is_in_the_matrix():
    named = {row.name for row in ROWS}

    assert sorted(set(own_names()) - named) == []


def test_every_screen_is_looked_at():
    opened = {row.name for row in ROWS if row.method == "get" and row.status in (200, 503)}
    looked_at = {screen.name for screen in SCREENS} | WITH_A_STEP_BEFORE

    assert sorted(opened - looked_at - set(NOT_SCREENS)) == []
    assert sorted(looked_at & set(NOT_SCREENS)) == []


def answer(cookies, row, world):
    """The status one request gets; whatever it wrote is taken back."""
    client = Client(raise_request_exception=False)
    client.cookies.load(cookies)
    url = reverse(row.name, kwargs=row.kwargs(world))
    extra = {"content_type": row.content_type} if row.content_type else {}
    with transaction.atomic():
        data = row.data(world) if row.method == "post" else {}
        status = getattr(client, row.method)(url, data, **extra).status_code
        transaction.set_rollback(True)
    return status


def signed_in(person):
    client = Client()
    client.force_login(person)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def expected(row, name):
    if name in row.ok:
        return row.status
    return row.anonymous if name == "anonymous" else row.denied


@pytest.mark.django_db
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.split(".")[1])
def test_each_role_gets_what_the_matrix_says(module):
    world = World()
    getattr(module, "build", lambda world: None)(world)
    cookies = {name: signed_in(person) for name, person in world.people.items()}

    wrong = {
        (row.method, row.name, name): got
        for row in module.ROWS
        for name in sorted(EVERYBODY)
        if (got := answer(cookies.get(name, {}), row, world)) != expected(row, name)
    }

    assert wrong == {}
    assert len(module.ROWS) >= 1
