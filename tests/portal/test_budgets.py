"""First view of a page on a phone, gzip, in KB: CSS, scripts, and everything without media."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.factories.courses import LessonFactory
from tests.factories.learning import CourseGrantFactory
from tests.factories.media import MediaFactory
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


@pytest.fixture
def reader(client):
    """Somebody signed in with a lesson of every kind of part open."""
    lesson = LessonFactory(
        body=[
            ("heading", "一元广告费换回多少钱"),
            ("paragraph", f"<p>{'字' * 900}</p>"),
            ("table", {"caption": "总评", "header": ["项目", "权重"], "rows": [["理论", "40%"]]}),
            ("video", {"media": MediaFactory("video"), "caption": "看懂投产比"}),
        ],
        drill=[("drill", {"task": "<p>算总评</p>", "minutes": 5})],
        case=[("case", {"scenario": "<p>景</p>", "questions": ["多少？"], "minutes": 5})],
        checks=[("check", {"stem": "赚还是亏？", "options": ["赚", "亏"], "answer": 1,
                           "explanation": "亏。"})],
    )  # fmt: skip
    lesson.save_revision().publish()
    person = UserFactory(roles=["trainee"])
    CourseGrantFactory(person=person, course=lesson.get_parent().get_parent().specific)
    client.force_login(person)
    return lesson


@pytest.mark.parametrize(
    ("screen", "css", "js", "total"), [("outline", 36, 45, 110), ("lesson", 36, 55, 130)]
)
def test_the_player_stays_within_its_budget(client, reader, screen, css, js, total):
    path = (
        reader.learn_path
        if screen == "lesson"
        else reader.get_parent().get_parent().specific.learn_path
    )
    answer = client.get(path)

    measured = weights(answer.content)

    assert answer.status_code == 200
    assert reader.title in answer.content.decode()
    assert all(got <= most * KB for got, most in zip(measured, (css, js, total), strict=True)), (
        measured
    )


@pytest.mark.parametrize(("path", "role", "css", "js", "total"), BUDGETS)
def test_first_view_stays_within_its_budget(client, path, role, css, js, total):
    if role:
        client.force_login(UserFactory(roles=[role]))
    answer = client.get(path)

    measured = weights(answer.content)

    assert answer.status_code == 200
    assert all(got <= most * KB for got, most in zip(measured, (css, js, total), strict=True))
