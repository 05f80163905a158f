"""The Wagtail admin: every kind of screen × every role, and nothing of it for others."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import RoutePattern, URLResolver
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.models import get_snippet_models

from people.services import sync_roles
from tests.access import CAST, EVERYBODY, World
from tests.admin_table import ENTERS, TABLE, sampled

pytestmark = pytest.mark.django_db
STRANGERS = EVERYBODY - ENTERS - {"anonymous"}
# Doors that lead to the platform's own sign-in, whoever comes.
DOORS = re.compile(r"/admin/(login/|password_reset/.*)")
# Icons and translated words of the admin's scripts: nothing about anybody.
BARE = {"/admin/sprite/", "/admin/jsi18n/"}


@pytest.fixture
def world():
    sync_roles()
    return World()


def client_of(world, name):
    client = Client(raise_request_exception=False)
    if name != "anonymous":
        client.force_login(world.people[name])
    return client


def expected(ok):
    return {
        name: 200 if name in ok else 302 if name in ENTERS | {"anonymous"} else 404
        for name in EVERYBODY
    }


@pytest.mark.parametrize("area", TABLE)
def test_each_role_gets_the_screens_of_its_work(area, world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pks = {name: row.pk for name, row in sampled().items()}
    clients = {name: client_of(world, name) for name in EVERYBODY}

    got, want = {}, {}
    for path, ok in TABLE[area].items():
        url = reverse("wagtailadmin_home") + path.format(**pks)
        answers = {name: client.get(url).status_code for name, client in clients.items()}
        wrong = {name for name, status in answers.items() if status != expected(ok)[name]}
        got |= {(path, name): answers[name] for name in wrong}
        want |= {(path, name): expected(ok)[name] for name in wrong}

    assert got == want


def test_a_post_is_refused_like_a_look(world):
    rows = sampled()
    clients = {name: client_of(world, name) for name in EVERYBODY}
    paths = [(path, ok) for area in TABLE.values() for path, ok in area.items()
             if re.search("/(new|add|edit|delete)/", path)]  # fmt: skip
    pks = {name: row.pk for name, row in rows.items()}

    for path, ok in paths:
        for name in EVERYBODY - ok:
            answer = clients[name].post(reverse("wagtailadmin_home") + path.format(**pks))
            assert answer.status_code in (302, 404, 405), (path, name)

    assert [name for name, row in rows.items() if not type(row).objects.filter(pk=row.pk)] == []
    assert {name: type(row).objects.count() for name, row in rows.items() if name == "unit"} == {
        "unit": 1
    }


def addresses(resolver=None, prefix="/"):
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        elif path.startswith("/admin/") and isinstance(entry.pattern, RoutePattern):
            yield re.sub(r"<[^>]+>", "x", re.sub(r"<int:\w+>", "1", path.replace("^", "")))


def test_no_address_of_the_admin_answers_people_without_work_there(world):
    anonymous, trainee = client_of(world, "anonymous"), client_of(world, "trainee")
    paths = [path for path in addresses() if not DOORS.fullmatch(path)]

    open_to = {}
    for path in paths:
        answer = anonymous.get(path)
        away = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
        if not away and answer.status_code != 404 and path not in BARE:
            open_to[path] = answer.status_code
        if trainee.get(path).status_code != 404:
            open_to[f"trainee {path}"] = True

    assert len(paths) > 250
    assert open_to == {}


@pytest.mark.parametrize("name", sorted(STRANGERS))
def test_strangers_find_no_admin(world, name):
    client = client_of(world, name)

    assert [client.get(path).status_code for path in ("/admin/", "/admin/pages/")] == [404, 404]


def test_every_registered_viewset_is_in_the_table():
    ours = tuple(app for app in settings.HOUSE_APPS)
    named = {path.partition("/")[0] for area in TABLE.values() for path in area}
    # Views of pages have Wagtail's own addresses, which stand in the table under pages/.
    found = [
        viewset for viewset in viewsets.viewsets
        if type(viewset).__module__.startswith(ours) and not isinstance(viewset, PageViewSet)
    ]  # fmt: skip

    prefixes = {viewset.url_prefix.partition("/")[0] for viewset in found if viewset.url_prefix}
    missing = sorted(prefixes - named)
    assert len(found) >= 10
    assert missing == []
    assert {model._meta.label for model in get_snippet_models()} == {"exams.Question"}


def test_every_address_of_our_viewsets_is_in_the_table():
    rows = {re.sub(r"{\w+}", "1", path) for area in TABLE.values() for path in area}
    names = {area for area in TABLE if f"{area}/new/" in TABLE[area]}

    lacking = [
        path for path in addresses()
        if path.split("/")[2] in names and path.removeprefix("/admin/") not in rows
    ]  # fmt: skip
    assert len(names) == 12
    assert lacking == []


@pytest.mark.parametrize(
    ("path", "view"),
    [("/admin/login/", "sign_in"), ("/admin/password_reset/", "password_forgotten"),
     ("/admin/password_reset/confirm/x/y/", "password_forgotten")],
)  # fmt: skip
def test_the_doors_of_wagtail_are_shadowed(client, path, view):
    answer = client.get(path)

    assert "wagtail" not in resolve(path).func.__module__
    if view == "sign_in":
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    else:
        assert answer.status_code == 200
        assert b"wagtail" not in answer.content


def test_course_pages_and_files_are_not_served_to_the_anonymous(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rows = sampled()
    course, lesson, image = rows["course"], rows["lesson"], rows["image"]
    paths = [
        f"/{course.slug}/", course.url_path, lesson.url_path, f"/catalogue/{course.slug}/",
        f"/media/{image.file.name}", f"/media/{rows['document'].file.name}",
        f"/documents/{rows['document'].pk}/{rows['document'].filename}", "/sitemap.xml",
        f"/images/{image.pk}/", f"/admin/images/{image.pk}/preview/original/",
        "/admin/api/main/pages/", "/api/v2/pages/",
    ]  # fmt: skip

    served = {path: answer.status_code for path in paths
              if (answer := client.get(path)).status_code not in (302, 404)}  # fmt: skip
    behind = [client.get(page.specific.url) for page in (course, lesson)]

    assert served == {}
    assert [answer.status_code for answer in behind] == [302, 302]
    assert all("/accounts/login/" in answer["Location"] for answer in behind)
    assert len(CAST) == 14


# What is written in another alphabet on purpose: names of things, not words.
NAMES = re.compile(
    r"Wagtail|WebVTT|WEBVTT|PNG|JavaScript|URL|https?|CSV|XLSX|NO\.1|TOP1|Word|\.docx|DEMO|JPE?G|English|localhost|Root|wagtailcore|courses\."
    r"|Moderators|Welcome|test\.png|[A-Z]\w*-?\d|[a-z]+-\d|data$|Actions$|None$"
)


class Words(HTMLParser):
    """The texts and labels of a page, without its scripts."""

    def __init__(self):
        super().__init__()
        self.within, self.found = 0, []

    def handle_starttag(self, tag, attributes):
        self.within += tag in ("script", "style", "template", "svg")
        told = ("title", "aria-label", "placeholder", "alt")
        self.found += [value for name, value in attributes if name in told and value]

    def handle_endtag(self, tag):
        self.within -= tag in ("script", "style", "template", "svg")

    def handle_data(self, data):
        if not self.within:
            self.found.append(" ".join(data.split()))


def test_no_english_is_left_on_the_screens(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pks = {name: row.pk for name, row in sampled().items()}
    clients = {name: client_of(world, name) for name in ENTERS}

    left = {}
    for path, ok in (item for area in TABLE.values() for item in area.items()):
        for name in sorted(ok)[:1]:
            reader = Words()
            page = clients[name].get(reverse("wagtailadmin_home") + path.format(**pks))
            if page["Content-Type"] == "application/json":
                continue  # a dialog: its page is escaped, and its words stand on others
            reader.feed(page.content.decode())
            english = {text for text in reader.found if re.search("[A-Za-z]{3}", text)}
            left |= {text: path for text in english if not NAMES.search(text)}

    assert left == {}
