"""Every page a role can reach from its home within two steps is whole, ours and readable."""

import re
from collections import deque
from html.parser import HTMLParser

import pytest

from people import roles
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
HOMES = {
    roles.TRAINEE: "/learn/", roles.TRAINER: "/teach/", roles.GRADER: "/teach/", roles.HR: "/hr/",
    roles.FINANCE: "/hr/", roles.OFFICER: "/me/", roles.APPROVER: "/me/", roles.AUTHOR: "/me/",
    roles.EDITOR: "/me/", roles.AUDITOR: "/me/", roles.ADMINISTRATOR: "/me/",
}  # fmt: skip
DEEPEST, MOST = 2, 60
FOREIGN = re.compile(r"^(https?:)?//")
ADDRESSES = {"src", "href", "action", "poster", "data"}


class Page(HTMLParser):
    """The facts of a page that a crawl checks."""

    def __init__(self, text):
        super().__init__()
        self.links, self.faults, self.headings, self.lang, self.title = [], [], 0, "", ""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._inside = tag
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "h1":
            self.headings += 1
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag == "style" or "style" in values or any(name.startswith("on") for name in values):
            self.faults.append(f"inline {tag}")
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.faults.append("inline script")
        for name in ADDRESSES & values.keys():
            if FOREIGN.match(values[name] or ""):
                self.faults.append(f"foreign {values[name]}")

    def handle_data(self, data):
        if self._inside == "title":
            self.title += data.strip()

    def handle_endtag(self, tag):
        self._inside = ""


def problems(path, answer):
    """What is wrong with one answer; files and redirects are none of our business."""
    if answer.status_code in {301, 302}:
        return [], []
    if answer.status_code != 200:
        return [f"{path} answers {answer.status_code}"], []
    if not answer.headers["Content-Type"].startswith("text/html"):
        return [], []
    page = Page(answer.content.decode())
    found = [f"{path}: {fault}" for fault in page.faults]
    if page.lang not in {"zh-Hans", "en"}:
        found.append(f"{path}: lang {page.lang!r}")
    if page.headings != 1:
        found.append(f"{path}: {page.headings} h1")
    if not page.title:
        found.append(f"{path}: no title")
    return found, page.links


def crawl(client, start):
    seen, found = {start}, []
    waiting = deque([(start, 0)])
    while waiting:
        path, depth = waiting.popleft()
        faults, links = problems(path, client.get(path))
        found += faults
        for link in links if depth < DEEPEST else []:
            target = link.partition("#")[0]
            ours = target.startswith("/") and not target.startswith(("/admin/", "/static/"))
            if ours and target not in seen and len(seen) < MOST:
                seen.add(target)
                waiting.append((target, depth + 1))
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", HOMES)
def test_every_page_within_two_steps_is_whole(client, role, language):
    client.force_login(UserFactory(roles=[role], name="柳春琪"))
    client.cookies["django_language"] = language

    assert crawl(client, HOMES[role]) == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/verify/", "/activate/"])
def test_every_public_page_is_whole(client, path):
    assert problems(path, client.get(path))[0] == []


def test_a_fault_is_seen():
    text = '<html lang="de"><p style="x"><script>1</script><img src="//cdn.example/a"></html>'

    page = Page(text)

    assert page.faults == ["inline p", "inline script", "foreign //cdn.example/a"]
