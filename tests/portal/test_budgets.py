"""First view of a page on a phone, gzip, in KB: CSS, scripts, and everything without media."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
KB = 1024
BUDGETS = [
    # path, role, css, js, all
    ("/accounts/login/", None, 32, 5, 50),
    ("/verify/", None, 32, 5, 50),
    ("/learn/", "trainee", 36, 45, 110),
    ("/me/", "trainee", 36, 45, 110),
    ("/exam/", "trainee", 36, 45, 110),
    ("/teach/", "trainer", 36, 70, 160),
    ("/hr/", "hr", 36, 70, 200),
    ("/hr/dashboard/", "hr", 36, 70, 200),
]


def packed(data):
    return len(gzip.compress(data, 9))


def weights(html):
    """Gzip bytes of the linked sheets, of the scripts, and of all with page and sprite."""
    text = html.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', text)
    scripts = re.findall(r'<script[^>]* src="/static/([^"]+)"', text)
    size = {
        name: packed(Path(finders.find(name)).read_bytes())
        for name in [*sheets, *scripts, "sprite.svg", "favicon.svg"]
    }
    css, js = (sum(size[name] for name in names) for names in (sheets, scripts))
    return css, js, sum(size.values()) + packed(html)


@pytest.mark.parametrize(("path", "role", "css", "js", "total"), BUDGETS)
def test_first_view_stays_within_its_budget(client, path, role, css, js, total):
    if role:
        client.force_login(UserFactory(roles=[role]))
    answer = client.get(path)

    measured = weights(answer.content)

    assert answer.status_code == 200
    assert all(got <= most * KB for got, most in zip(measured, (css, js, total), strict=True))
