"""Study time in a real browser: what is credited is what the rules say, to two seconds.

The pace is a trial's (LMS_STUDY_PACE): a beat every two seconds, "still studying?" after three
seconds without input, and three more to answer. The test keeps its own book of what the server
acknowledged and when, and adds it up by the rules; then it opens the ledger down to its events.
"""

import json
import time

import pytest

from tests.journeys.conftest import Installation

pytestmark = pytest.mark.journey
PACE = "2,3,3"
COUNTS = {"beat", "hidden", "left", "asked", "answered"}
PREPARE = """
from people import services
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory
services.sync_roles()
lesson = lesson_of(CourseFactory(), planned_seconds=2700, title="看懂总评怎么算")
for number in ("W360", "W1280"):
    user = UserFactory(number=number, roles=["trainee"])
    CourseGrantFactory(person=user, course=lesson.get_parent().get_parent().specific)
print(lesson.pk)
"""
BOOKS = """
import json
from django.db.models import Sum
from learning.models import LedgerEntry, LessonProgress, StudyEvent
mine = {{"person__number": "{number}"}}
total = lambda model, field="seconds": model.objects.filter(**mine).aggregate(n=Sum(field))["n"]
print(json.dumps({{
    "progress": total(LessonProgress, "credited_seconds"),
    "ledger": total(LedgerEntry), "events": total(StudyEvent),
    "unproven": LedgerEntry.objects.filter(event=None, **mine).count(),
    "kinds": sorted(set(StudyEvent.objects.filter(**mine).values_list("kind", flat=True))),
    "devices": StudyEvent.objects.filter(**mine).exclude(device_hash="").values("device_hash")
        .distinct().count(),
}}))
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("installation"))
    made.environment["LMS_STUDY_PACE"] = PACE
    try:
        made.start("--empty")
        made.lesson = int(made.run(PREPARE).split()[-1])
        yield made
    finally:
        made.stop()


class Device:
    """A browser on the lesson, and the book of what the server acknowledged to it."""

    def __init__(self, person, lesson):
        self.person, self.page = person, person.page
        self.book = []
        self.page.on("requestfinished", self.note)
        self.page.goto(f"/learn/lessons/{lesson}/")
        self.says("计时中")

    def note(self, request):
        if request.url.endswith("/start/"):
            self.book.append((time.monotonic(), "start"))
        elif request.url.endswith("/beat/"):
            event = dict(part.split("=") for part in request.post_data.split("&"))["event"]
            self.book.append((time.monotonic(), event))

    def says(self, words):
        self.page.locator("hour-bar", has_text=words).wait_for()

    def heard(self, kind, since=0):
        """Wait until the server acknowledged a report of this kind after the first `since`."""
        for _ in range(400):
            if kind in [each for _, each in self.book[since:]]:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"no {kind}: {self.book}")

    def stay(self, seconds):
        """Read with the mouse in hand."""
        for step in range(seconds * 2):
            self.page.mouse.move(100 + step % 2, 300)
            self.page.wait_for_timeout(500)

    def set_visible(self, visible):
        """Put the page out of view or back, as another tab or the home screen does."""
        self.page.evaluate(
            """visible => {
              const set = (name, value) =>
                Object.defineProperty(document, name, { value, configurable: true });
              set("hidden", !visible);
              set("visibilityState", visible ? "visible" : "hidden");
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            visible,
        )

    def by_the_rules(self):
        """Seconds of the acknowledged reports, added up by hand."""
        total, last, counting = 0.0, None, False
        for at, kind in self.book:
            if counting and kind in COUNTS:
                total += at - last
            last = at
            counting = kind not in {"hidden", "left", "idle"} and (
                counting or kind in {"start", "shown", "back", "answered"}
            )
        return total


def asked(device):
    """Do nothing until the page asks; the question can be read, heard and reached."""
    question = device.page.get_by_role("alert").filter(has_text="还在学习吗")
    question.wait_for()
    button = device.page.get_by_role("button", name="还在学习")
    assert button.bounding_box()["height"] >= 44
    return button


@pytest.mark.parametrize("width", [360, 1280])
def test_credited_seconds_are_what_the_rules_say_and_what_the_events_add_up_to(
    installation, person, width
):
    number = f"W{width}"
    first = Device(person(width=width).sign_in(number, "password"), installation.lesson)

    # Learning, with a sign now and then.
    first.stay(5)

    # Out of view: nothing counts, and on coming back it is said.
    first.set_visible(False)
    first.says("页面不在前台，不计时")
    first.heard("hidden")
    first.page.wait_for_timeout(3000)
    first.set_visible(True)
    first.heard("shown")
    first.says("未计入，已继续计时")
    first.stay(3)

    # No connection: said in words; it goes on by itself, without the gap.
    first.person.context.set_offline(True)
    first.says("网络断开，不计时")
    first.page.wait_for_timeout(2000)
    first.person.context.set_offline(False)
    first.heard("return")
    first.says("计时中")
    first.stay(2)

    # Nobody moves: the page asks, a key answers; then nobody answers.
    button = asked(first)
    button.focus()
    first.page.keyboard.press("Enter")
    first.heard("answered")
    asked(first)
    first.says("无人应答，暂停计时")
    first.heard("idle")
    first.page.wait_for_timeout(2000)
    first.page.mouse.click(5, 400)
    first.heard("back")
    first.stay(2)

    # On another device: it counts there, and here no more.
    second = Device(person(width=width).sign_in(number, "password"), installation.lesson)
    ended = len(first.book)
    first.stay(1)
    first.says("改在那边计时")
    second.stay(3)
    second.set_visible(False)
    second.heard("hidden")

    books = json.loads(installation.run(BOOKS.format(number=number)).splitlines()[-1])
    first.book = first.book[:ended]
    expected = first.by_the_rules() + second.by_the_rules()
    assert abs(books["progress"] - expected) <= 2, (books, first.book, second.book)
    assert books["progress"] == books["ledger"] == books["events"]
    assert (books["unproven"], books["devices"]) == (0, 2)
    assert {"start", "hidden", "shown", "return", "asked", "answered", "idle", "back", "ended"} <= {
        *books["kinds"]
    }
    first.person.close()
    second.person.close()
