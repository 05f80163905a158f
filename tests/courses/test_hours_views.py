import csv
from io import StringIO

import pytest
from django.urls import reverse

from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lessons(client):
    """900 s planned of 60 s reading, 1200 s drill, 60 s check; a lesson offline is left out."""
    client.force_login(UserFactory(roles=["auditor"]))
    module = ModuleFactory(course=CourseFactory())
    check = {"stem": "", "options": [], "answer": 0, "explanation": ""}
    lesson = LessonFactory(
        module=module, slug="pricing", title="=定价", planned_seconds=900,
        body=[("heading", "字" * 250)], drill=[("drill", {"task": "<p>算</p>", "minutes": 20})],
        checks=[("check", check)],
    )  # fmt: skip
    lesson.posts.set(["运营", "采购"])
    lesson.save()
    other = LessonFactory(module=module, slug="later", planned_seconds=5400)
    other.posts.set(["采购"])
    other.save()
    LessonFactory(module=module, live=False)


def test_the_page_shows_parts_and_the_path_of_each_post(client):
    page = client.get(reverse("courses:hours_list"))

    rows = [(each.slug, parts) for each, parts in page.context["rows"]]
    parts = {"reading": 60, "worked_example": 0, "drill": 1200, "case": 0, "checks": 60}
    assert rows == [("pricing", parts), ("later", dict.fromkeys(parts, 0))]
    assert list(page.context["posts"]) == [("采购", 6300), ("运营", 900)]
    text = page.content.decode()
    assert "22:00" in text  # 60 + 1200 + 60 s
    assert text.count("超出组成") == 1


def test_the_csv_holds_every_lesson_and_no_formula(client):
    answer = client.get(reverse("courses:hours_export"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert answer["Content-Disposition"].startswith("attachment")
    assert rows[1] == [
        "pricing", "'=定价", "运营、采购", "250", "60", "0", "1200", "0", "60", "1320", "900",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["课时代码", "pricing", "later"]


def test_lessons_come_by_fifty(client):
    module = ModuleFactory(course=CourseFactory())
    for _number in range(49):
        LessonFactory(module=module)

    second = client.get(reverse("courses:hours_list"), {"page": "2"})

    assert len(second.context["rows"]) == 1
