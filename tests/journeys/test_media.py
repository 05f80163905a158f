"""A recording from the editor's desk to a learner's phone: the server keeps what was played.

The MP3 is forty seconds of real, silent frames, so Chromium plays it. The test keeps its own
book of where the player stood, and compares it with the ranges on the server, to two seconds.
"""

import json

import pytest

pytestmark = pytest.mark.journey
FRAMES = 1_540  # of 1152 samples at 44.1 kHz: 40.2 s
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * FRAMES
TITLE = "一次退款通话"
PREPARE = """
from courses.services import ensure_catalog
from people import services
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory
services.sync_roles()
ensure_catalog()
for number, role in (("MEDIA-E", "editor"), ("MEDIA-R", "reviewer")):
    UserFactory(number=number, roles=[role])
learner = UserFactory(number="MEDIA-L", roles=["trainee"])
text = "<p>" + "听完这段通话，记下客服先说了什么，再说了什么。" * 12 + "</p>"
lesson = lesson_of(CourseFactory(), planned_seconds=30, body=[("paragraph", text)],
                   title="听一次退款通话")
CourseGrantFactory(person=learner, course=lesson.get_parent().get_parent().specific)
print(lesson.pk)
"""
WATCH = """
import json
from learning.models import MediaWatch
row = MediaWatch.objects.filter(person__number="MEDIA-L").first()
print(json.dumps(row and {"ranges": row.ranges, "watched": row.watched_tenths,
    "position": row.position_tenths, "reports": row.reports.count()}))
"""


def kept(installation):
    """What the server knows of the learner's playing."""
    return json.loads(installation.run(WATCH).splitlines()[-1])


def add_recording(page):
    """Into the media library; without a transcript it is refused, and what was typed stays."""
    page.goto("/admin/mediafile/new/")
    recording = {"name": "退款通话.mp3", "mimeType": "audio/mpeg", "buffer": MP3}
    page.fill("[name=title]", TITLE)
    page.fill("[name=source]", "本公司培训部")
    page.select_option("[name=licence]", "own")
    save = page.locator("form:has(input[name=title]) button[type=submit]")
    page.set_input_files("input[name=file]", recording)
    save.click()
    page.get_by_text("音频需要文字稿").first.wait_for()
    assert page.input_value("[name=title]") == TITLE
    page.fill("[name=transcript]", "客服：您好，先向您道歉，退款今天就办。")
    page.set_input_files("input[name=file]", recording)
    save.click()
    page.wait_for_url("**/admin/mediafile/")


def put_into_lesson(page, lesson):
    """As the last part of the lesson's text, and handed in for review."""
    page.goto(f"/admin/pages/{lesson}/edit/")
    page.wait_for_load_state("networkidle")
    page.locator("[id*=body] .c-sf-add-button").last.click()
    page.get_by_role("option", name="音频").click()
    page.get_by_role("button", name="从素材库选择").click()
    page.locator(".modal-body").get_by_text(TITLE).click()
    page.locator(".modal-body").wait_for(state="detached")
    page.locator("footer").get_by_role("button", name="更多动作").click()
    page.get_by_role("button", name="提交给课时双人审核").click()
    page.get_by_text("已经提交进行审核").wait_for()


def approve(page, lesson):
    page.goto(f"/admin/pages/{lesson}/edit/")
    page.wait_for_load_state("networkidle")
    page.locator("footer").get_by_role("button", name="更多动作").click()
    page.locator("footer button[data-workflow-action-url]:text-is('批准')").click()
    page.wait_for_url("**/admin/")


class Listener:
    """A learner's phone with the lesson open, and the book of what its player played."""

    def __init__(self, person, lesson):
        self.person, self.page, self.book = person, person.page, []
        self.asked = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"/learn/lessons/{lesson}/")
        self.player = self.page.locator("watched-media audio")

    def at(self):
        return self.player.evaluate("player => player.currentTime")

    def press(self):
        """Play or pause, by the key that the browser's own controls know."""
        self.player.focus()
        self.page.keyboard.press("Space")

    def play(self, seconds):
        """Play so long, pause, and note from where to where."""
        self.press()
        self.page.wait_for_function(
            "() => { const p = document.querySelector('watched-media audio');"
            " return !p.paused && p.readyState > 2; }"
        )
        start = self.at()
        self.page.wait_for_timeout(seconds * 1000)
        self.press()
        self.page.wait_for_function("() => document.querySelector('watched-media audio').paused")
        self.book.append((start, self.at()))
        self.page.wait_for_timeout(500)

    def seek(self, seconds):
        self.player.evaluate("(player, to) => { player.currentTime = to; }", seconds)
        self.page.wait_for_function("() => !document.querySelector('watched-media audio').seeking")

    def says(self, words):
        self.page.locator("watched-media [data-part=said]", has_text=words).wait_for()


def same(ranges, expected):
    """Ranges in tenths are the expected ones in seconds, each end to two seconds.

    A pause may leave a tenth of a second between two ranges; that is no skipped part.
    """
    joined = []
    for start, end in ranges:
        if joined and start - joined[-1][1] <= 5:
            start = joined.pop()[0]
        joined.append((start, end))
    assert len(joined) == len(expected), (ranges, expected)
    pairs = zip(joined, expected, strict=True)
    return all(
        abs(start / 10 - a) <= 2 and abs(end / 10 - b) <= 2 for (start, end), (a, b) in pairs
    )


def publish_recording(person, lesson):
    """An editor adds the recording and puts it into the lesson; somebody else approves it."""
    editor = person().sign_in("MEDIA-E", "password")
    add_recording(editor.page)
    put_into_lesson(editor.page, lesson)
    editor.close()
    reviewer = person().sign_in("MEDIA-R", "password")
    approve(reviewer.page, lesson)
    reviewer.close()


def read_before_playing(phone):
    """Size, length and transcript are read before a byte of the recording is loaded."""
    assert "642 KB" in phone.page.locator("figure.media figcaption").inner_text()
    assert "40 秒" in phone.page.locator("figure.media figcaption").inner_text()
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 360
    phone.page.locator("details.transcript summary").click()
    phone.page.get_by_text("先向您道歉").wait_for()
    assert [url for url in phone.asked if "/learn/media/" in url] == []


def play_and_skip(installation, phone):
    """The beginning, not the middle, on from there, and again a piece of the beginning.

    Returns the two stretches that were played, as the book has them.
    """
    phone.play(6)
    phone.seek(20)
    phone.play(5)
    phone.seek(2)
    phone.play(2)
    (first, _, again), skipped = phone.book, phone.book[1]
    known = kept(installation)
    assert same(known["ranges"], [(first[0], max(first[1], again[1])), skipped]), known
    return first, skipped


def play_offline(installation, phone, first, skipped):
    """Without a connection it plays what is loaded; what was played comes later, and once.

    Returns what the server knows then.
    """
    phone.seek(25)
    phone.person.context.set_offline(True)
    phone.play(3)
    phone.says("网络断开")
    phone.play(4)
    offline = (phone.book[-2][0], phone.book[-1][1])
    phone.person.context.set_offline(False)
    phone.says("已看")
    phone.page.wait_for_timeout(1500)
    known = kept(installation)
    assert same(known["ranges"], [first, (skipped[0], offline[1])]), (known, phone.book)
    assert abs(known["watched"] / 10 - (first[1] - first[0]) - (offline[1] - skipped[0])) <= 2
    return known


def go_on(installation, phone, known, first, skipped):
    """Coming back another day it says where it goes on, and goes on there."""
    stood = phone.at()
    assert abs(known["position"] / 10 - stood) <= 2
    phone.page.reload()
    phone.says("继续")
    phone.play(2)
    assert abs(phone.book[-1][0] - stood) <= 2, (phone.book, stood)
    known = kept(installation)
    assert same(known["ranges"], [first, (skipped[0], phone.book[-1][1])]), (known, phone.book)


def test_what_the_server_keeps_of_a_recording_is_what_was_played(installation, person):
    lesson = int(installation.run(PREPARE).split()[-1])
    publish_recording(person, lesson)
    phone = Listener(person(width=360).sign_in("MEDIA-L", "password"), lesson)

    read_before_playing(phone)
    first, skipped = play_and_skip(installation, phone)
    known = play_offline(installation, phone, first, skipped)
    go_on(installation, phone, known, first, skipped)
    phone.person.close()
