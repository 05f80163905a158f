"""Every own screen as its role sees it: axe-core, both languages, both themes, phone and desk.

The demo is started once and each person signs in once. A screen is loaded once in each language;
width and theme change on the loaded page, because that is all that a reader changes.
"""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Error as PageError

from tests.journeys import looks
from tests.journeys.conftest import PASSWORD, Installation, Person

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh-hans", "en")
# The tablet's width as well, where the layout turns from one column into two.
MIDDLE = {
    "portal:learner_home",
    "exams:exam_room",
    "exams:practical_grade",
    "reports:dashboard_view",
}
PLACES = "import json;from tests.journeys.screens import places;print(json.dumps(places()))"
# LMS_LOOKS=learning:,portal:learner_home looks at the screens whose names begin so, and no others.
ONLY = tuple(filter(None, os.environ.get("LMS_LOOKS", "").split(",")))
NOBODY_ADMINISTERS = (
    "from people.models import User;"
    "User.objects.filter(groups__name='administrator').update(is_active=False)"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("looks"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def places(demo):
    return json.loads(demo.run(PLACES).strip().splitlines()[-1])


@pytest.fixture
def visitor(browser, demo):
    made = []

    def open_browser(number=""):
        made.append(Person(browser, demo.url))
        made[-1].page.emulate_media(reduced_motion="reduce")
        return made[-1].sign_in(number) if number else made[-1]

    yield open_browser
    for one in made:
        one.context.close()


def go(person, url):
    """Open an address; two-step sign-in asks for the password again."""
    looks.set_width(person.page, 1280)
    person.page.goto(url)
    if "/reauthenticate/" in person.page.url:
        person.page.fill("input[type=password]", PASSWORD)
        person.page.click("main form button[type=submit]")
        person.page.wait_for_load_state()


def look_at(person, url, language, name):
    """What is wrong with one screen; a screen that does not open is a finding like any other."""
    try:
        return look_closely(person, url, language, name)
    except (AssertionError, PageError) as error:
        return [f"{name} {url} {language} {error}"]


def look_closely(person, url, language, name):
    go(person, url)
    assert person.page.url.endswith(url), f"{name}: {url} leads to {person.page.url}"
    pairs = looks.catalogue(ROOT)
    lines = looks.left_over(person.page, language, pairs)
    lines += looks.look(person.page, middle=name in MIDDLE)
    found = [f"{name} {url} {language} {line}" for line in lines]
    print("\n".join([f"looked at {name} {language}", *found]), flush=True)  # noqa: T201
    return found


def speak(person, language):
    person.context.add_cookies([{"name": "django_language", "value": language, "url": person.base}])


def test_every_screen_of_every_role(places, visitor):
    by_person = {}
    for name, number, url in places["screens"]:
        if ONLY and not name.startswith(ONLY):
            continue
        by_person.setdefault(number, []).append((name, url))

    found = []
    for number, screens in by_person.items():
        person = visitor(number)
        for language in LANGUAGES:
            speak(person, language)
            for name, url in screens:
                found += look_at(person, url, language, name)
        found += person.problems
        person.context.close()

    assert found == []


def test_the_first_sign_in_with_a_slip(places, visitor):
    person = visitor()
    person.page.goto("/activate/")
    person.page.fill("input[name=code]", places["slip"])
    person.page.click("form[action$='/activate/'] button[type=submit]")

    found = []
    for language in LANGUAGES:
        speak(person, language)
        found += look_at(person, "/activate/password/", language, "people:password_set")

    assert found == []


def test_the_first_administrator(demo, places, visitor):
    demo.run(NOBODY_ADMINISTERS)
    person = visitor()

    found = []
    for language in LANGUAGES:
        speak(person, language)
        found += look_at(person, f"/activate/setup/{places['setup']}/", language, "people:setup")

    assert found == []
