import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.models import LessonPage
from learning.models import HandIn, LedgerEntry, LessonProgress, StudyEvent, StudySession
from learning.templatetags.study_time import minutes
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory, lesson_of
from tests.factories.learning import CourseGrantFactory, LessonProgressFactory
from tests.factories.people import UserFactory
from tests.learning.access_rows import CHECK, CHECK_ID

pytestmark = pytest.mark.django_db
MODEL_ANSWER = "分开定价，分开记账"


@pytest.fixture
def course():
    return CourseFactory(intro="从认识行业开始")


@pytest.fixture
def lesson(course):
    return lesson_of(
        course,
        goals=[("goal", "能算总评")],
        body=[("heading", "三段路"), ("paragraph", "<p>先学理</p>")],
        drill=[("drill", {"task": "<p>算</p>", "answer": "对照七十七点八"})],
        case=[
            (
                "case",
                {
                    "scenario": "<p>看</p>",
                    "questions": [],
                    "model_answer": f"<p>{MODEL_ANSWER}</p>",
                },
            )
        ],
        checks=[{"type": "check", "value": CHECK, "id": CHECK_ID}],
        sources="手册\n课件",
    )


@pytest.fixture
def person(course):
    return CourseGrantFactory(course=course).person


@pytest.fixture
def page(client, person, lesson):
    client.force_login(person)
    return lambda name, **kwargs: reverse(f"learning:{name}", kwargs=kwargs or {"pk": lesson.pk})


def rewind(seconds):
    """Let this much wall time pass for the open session."""
    then = timezone.now() - timedelta(seconds=seconds)
    StudySession.objects.filter(ended_at=None).update(last_beat_at=then, started_at=then)


def test_the_course_page_names_the_next_lesson(client, page, course, lesson):
    text = client.get(page("course_detail", slug=course.slug)).content.decode()

    assert f"开始：{lesson.title}" in text
    assert "能算总评" in text
    assert "0/1 课" in text


def test_a_finished_course_says_so(client, page, course, person, lesson):
    LessonProgressFactory(person=person, lesson=lesson, credited_seconds=120)

    assert (
        "这门课已全部学完" in client.get(page("course_detail", slug=course.slug)).content.decode()
    )


def test_a_course_without_lessons_is_not_a_fault(client, page, person):
    empty = CourseGrantFactory(person=person).course

    assert client.get(page("course_detail", slug=empty.slug)).status_code == 200


def test_the_model_answer_follows_ones_own(client, page):
    before = client.get(page("lesson_detail")).content.decode()
    client.post(page("case_hand_in"), {"text": "我的看法"})
    after = client.get(page("lesson_detail")).content.decode()

    assert (MODEL_ANSWER in before, MODEL_ANSWER in after, "我的看法" in after) == (
        False,
        True,
        True,
    )


def test_the_drills_answer_follows_ones_own(client, page):
    before = client.get(page("lesson_detail")).content.decode()
    client.post(page("drill_hand_in"), {"text": "算好了"})
    after = client.get(page("lesson_detail")).content.decode()

    assert ("七十七点八" in before, "七十七点八" in after) == (False, True)


def test_the_explanation_of_a_check_follows_the_answer(client, page, lesson):
    before = client.get(page("lesson_detail")).content.decode()
    client.post(page("check_answer", pk=lesson.pk, block_id=CHECK_ID), {"choice": "0"})
    after = client.get(page("lesson_detail")).content.decode()

    assert (CHECK["explanation"] in before, CHECK["explanation"] in after) == (False, True)
    assert "正确答案是 B" in after


def test_an_answer_keeps_the_words_it_answered_when_the_check_is_reworded(client, page, lesson):
    client.post(page("check_answer", pk=lesson.pk, block_id=CHECK_ID), {"choice": "0"})
    asked = CHECK["options"][0]
    reworded = {**CHECK, "stem": "换了题面", "options": ["换了选项", "另一个"]}
    now = LessonPage.objects.get(pk=lesson.pk)
    now.checks = json.dumps([{"type": "check", "id": CHECK_ID, "value": reworded}])
    now.save()

    text = client.get(page("lesson_detail")).content.decode()

    assert (CHECK["stem"] in text, asked in text, "换了题面" in text) == (True, True, False)


def test_a_preview_shows_no_form_and_no_answers(client, lesson):
    client.force_login(UserFactory(roles=["editor"]))

    text = client.get(reverse("learning:lesson_detail", kwargs={"pk": lesson.pk})).content.decode()

    assert ("hour-bar" in text, 'name="choice"' in text and "/checks/" in text) == (False, False)
    assert ("/drill/" in text, "不计学时" in text) == (False, True)


def test_the_box_says_its_limit_and_cuts_nothing(client, page):
    text = client.get(page("lesson_detail")).content.decode()

    box = re.search(r'<textarea[^>]*id="id-drill-text"[^>]*>', text)[0]
    assert ("maxlength" in box, 'aria-describedby="drill-hint"' in box) == (False, True)
    assert "最多 20000 字。" in text


def test_a_text_too_long_comes_back_as_typed(client, page):
    answer = client.post(page("drill_hand_in"), {"text": "长" * 20_001})

    assert answer.status_code == 422
    assert "最多 20000 字" in answer.content.decode()
    assert "长" * 20_001 in answer.content.decode()
    assert HandIn.objects.count() == 0


@pytest.mark.parametrize("choice", ["", "x", "-1", "9", "99999999999", "²"])
def test_a_choice_that_is_none_is_explained(client, page, lesson, choice):
    answer = client.post(page("check_answer", pk=lesson.pk, block_id=CHECK_ID), {"choice": choice})

    assert (answer.status_code, "请从所列选项中选一个" in answer.content.decode()) == (422, True)


def test_start_and_beat_answer_what_the_bar_shows(client, page, lesson):
    beat_url = client.post(page("study_start")).json()["beat_url"]
    rewind(20)

    answer = client.post(beat_url, {"seq": "1", "kind": "nonsense"}).json()

    assert answer == {
        "state": "on", "reason": "", "asked": False, "credited": 20, "seconds": 20,
        "planned": 120, "completed": False,
    }  # fmt: skip
    assert LedgerEntry.objects.get().kind == "reading"


def test_a_beat_after_a_pause_credits_nothing(client, page):
    beat_url = client.post(page("study_start")).json()["beat_url"]
    rewind(30)

    assert client.post(beat_url, {"seq": "1", "event": "back"}).json()["credited"] == 0


def test_studying_by_hand_without_scripts(client, page):
    said = []
    for seconds in (0, 30, 90, 30, 60, 30):
        rewind(seconds)
        answer = client.post(page("study_here"), follow=True)
        said.append(str(next(iter(answer.context["messages"]))))

    assert said == [
        "从现在起计时。请在 60 秒内再按一次。",
        "已计入 30 秒。请在 60 秒内再按一次。",
        "间隔超过 60 秒，这段不计入。从现在起重新计时。",
        "已计入 30 秒。请在 60 秒内再按一次。",
        "本课学时已学满。",
        "本课学时已学满。",
    ]
    assert LessonProgress.objects.get().credited_seconds == 120


def test_a_full_day_is_said(client, page, person, lesson, monkeypatch):
    monkeypatch.setattr("learning.rules.crediting.DAILY_CAP_SECONDS", 10)
    client.post(page("study_here"))
    rewind(30)

    answer = client.post(page("study_here"), follow=True)

    assert "今天已满" in answer.content.decode()


def test_the_lesson_page_asks_as_often_for_three_lessons_as_for_one(client, page, course, lesson):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page("lesson_detail")).status_code == 200
        return len(seen)

    count()
    one = count()
    module = ModuleFactory(course=course)
    for _ in range(2):
        LessonFactory(module=module)

    assert count() == one


def test_previous_and_next_follow_the_tree(client, page, course, lesson):
    following = LessonFactory(module=ModuleFactory(course=course), title="下一门")

    lesson_url = page("lesson_detail")
    first = client.get(lesson_url).content.decode()
    last = client.get(page("lesson_detail", pk=following.pk)).content.decode()

    end = page("course_end", slug=course.slug)
    assert ("下一门" in first, end in first) == (True, False)
    assert (lesson_url in last, end in last) == (True, True)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"seq": "0"},
        {"seq": "x"},
        {"seq": "9" * 12},
        {"seq": "1", "event": "hand_in"},
        {"seq": "1", "event": "start"},
    ],
)
def test_a_report_that_is_none_is_refused(client, page, data):
    beat_url = client.post(page("study_start")).json()["beat_url"]

    answer = client.post(beat_url, data)

    assert (answer.status_code, answer.json()) == (400, {"message": "上报内容无法识别。"})


@pytest.mark.parametrize("idle", ["", "-4", "x", "9" * 30])
def test_seconds_without_input_may_be_nonsense(client, page, idle):
    beat_url = client.post(page("study_start")).json()["beat_url"]

    assert client.post(beat_url, {"seq": "1", "idle": idle}).status_code == 200


def test_a_device_is_known_again_by_a_cookie_and_kept_as_a_keyed_hash(client, page):
    browser = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0"}
    first = client.post(page("study_start"), **browser)
    token = first.cookies["study_device"].value
    client.post(first.json()["beat_url"], {"seq": "1"}, **browser)
    client.post(page("study_here"), **browser)
    again = client.post(page("study_start"), **browser)

    events = StudyEvent.objects.exclude(kind="ended")
    assert list(events.values_list("kind", flat=True)) == ["start", "beat", "by_hand", "start"]
    assert [bool(event.device_hash) for event in events] == [False, True, True, True]
    assert {event.device_label for event in events} == {"Chrome · Windows"}
    assert len({event.address_hash for event in events}) == 1
    assert token not in {event.device_hash for event in events}
    assert "study_device" not in again.cookies


def test_a_device_cookie_that_is_none_of_ours_is_replaced(client, page):
    client.cookies["study_device"] = "<script>"

    answer = client.post(page("study_start"))

    assert len(answer.cookies["study_device"].value) == 32
    assert StudyEvent.objects.get().device_hash == ""


def test_the_lesson_page_says_how_often_it_reports(client, page, settings):
    settings.STUDY_PACE = (15, 180, 100)

    text = client.get(page("lesson_detail")).content.decode()

    assert 'data-beat="15" data-ask="180" data-wait="100"' in text
    assert "还在学习吗" in text


def test_class_hours_have_one_decimal_rounded_down_on_every_page(client, page, course, lesson):
    lesson.planned_seconds = 1755  # 0.65 class hours
    lesson.save()
    pages = [
        page("course_detail", slug=course.slug),
        page("course_end", slug=course.slug),
        page("lesson_detail"),
        reverse("learning:catalogue_list"),
    ]

    texts = [client.get(url).content.decode() for url in pages]

    assert ["0.65" in text for text in texts] == [False] * 4
    assert ["0.6 学时" in text for text in texts] == [True] * 4


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, "59 秒"),
        (61, "2 分钟"),
        (3540, "59 分钟"),
        (3541, "1 小时 0 分钟"),
        (30_660, "8 小时 31 分钟"),
    ],
)
def test_from_an_hour_on_minutes_are_told_with_the_hours(seconds, text):
    assert minutes(seconds) == text


def test_a_lesson_offers_the_search_of_its_course_once_for_desks_and_once_for_phones(
    client, page, course
):
    text = client.get(page("lesson_detail")).content.decode()

    assert text.count(f'<input type="hidden" name="course" value="{course.slug}">') == 2
    assert ('id="id-lesson-q-rail"' in text, 'id="id-lesson-q-parts"' in text) == (True, True)
