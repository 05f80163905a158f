from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from kit.refusing import Refused
from learning.models import CheckAnswer, HandIn, LedgerEntry
from learning.services import answer_check, finish_activity, start_study
from learning.services.activities import LONGEST_TEXT
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory
from tests.learning.access_rows import CHECK, CHECK_ID

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return lesson_of(
        CourseFactory(),
        drill=[("drill", {"task": "<p>算一算</p>", "deliverable": "一行算式"})],
        case=[
            (
                "case",
                {"scenario": "<p>看</p>", "questions": ["为何？"], "model_answer": "<p>因</p>"},
            )
        ],
        checks=[{"type": "check", "value": CHECK, "id": CHECK_ID}],
    )


@pytest.fixture
def person(lesson):
    return CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person


@pytest.mark.parametrize("text", ["😀" * LONGEST_TEXT, "a\r\n" * (LONGEST_TEXT // 2)])
def test_characters_are_counted_as_the_page_counts_them(person, lesson, at, text):
    made = finish_activity(person=person, lesson=lesson, kind="drill", text=text, at=at)

    assert made.text == text.replace("\r\n", "\n").strip()


def test_a_hand_in_keeps_the_text_and_the_task_as_asked(person, lesson, at):
    finish_activity(person=person, lesson=lesson, kind="drill", text=" 1+1=2 ", at=at)

    made = HandIn.objects.get()
    assert (made.number, made.text, made.handed_in_at) == (1, "1+1=2", at)
    assert (made.asked["deliverable"], str(made.block_id)) == ("一行算式", lesson.drill[0].id)


def test_a_later_hand_in_stands_beside_the_earlier(person, lesson, at):
    finish_activity(person=person, lesson=lesson, kind="case", text="一", at=at)
    finish_activity(person=person, lesson=lesson, kind="case", text="二", at=at)

    assert list(HandIn.objects.values_list("number", "text")) == [(1, "一"), (2, "二")]


def test_handing_in_is_a_beat_of_its_kind(person, lesson, at):
    start_study(person=person, lesson=lesson, at=at)

    finish_activity(
        person=person, lesson=lesson, kind="drill", text="做", at=at + timedelta(seconds=30)
    )

    assert LedgerEntry.objects.values_list("seconds", "kind").get() == (30, "drill")


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" \n ", "empty"), ("字" * (LONGEST_TEXT + 1), "too_long")]
)
def test_bad_text_is_refused_with_a_reason(person, lesson, at, text, code):
    with pytest.raises(Refused) as error:
        finish_activity(person=person, lesson=lesson, kind="drill", text=text, at=at)

    assert (error.value.code, HandIn.objects.count()) == (code, 0)


def test_a_lesson_without_a_drill_takes_none(lesson, at):
    plain = lesson_of(lesson.get_parent().get_parent().specific)

    with pytest.raises(Refused) as error:
        finish_activity(person=UserFactory(), lesson=plain, kind="drill", text="做", at=at)

    assert error.value.code == "no_activity"


def test_nobody_hands_in_without_a_grant(lesson, at):
    with pytest.raises(Refused) as error:
        finish_activity(person=UserFactory(), lesson=lesson, kind="drill", text="做", at=at)

    assert error.value.code == "no_grant"


@pytest.mark.parametrize(("choice", "correct"), [(1, True), (0, False)])
def test_an_answer_is_stored_with_the_question(person, lesson, at, choice, correct):
    answer_check(person=person, lesson=lesson, block_id=UUID(CHECK_ID), choice=choice, at=at)

    answer = CheckAnswer.objects.get()
    assert (answer.choice, answer.correct, answer.asked["stem"]) == (choice, correct, "一加一？")


def test_the_first_answer_stays(person, lesson, at):
    start_study(person=person, lesson=lesson, at=at)
    later = at + timedelta(seconds=9)
    for choice in (0, 1):
        answer_check(person=person, lesson=lesson, block_id=UUID(CHECK_ID), choice=choice, at=later)

    assert CheckAnswer.objects.get().choice == 0
    assert LedgerEntry.objects.values_list("seconds", "kind").get() == (9, "check")


@pytest.mark.parametrize("choice", [-1, 2])
def test_an_option_that_is_not_there_is_refused(person, lesson, at, choice):
    with pytest.raises(Refused) as error:
        answer_check(person=person, lesson=lesson, block_id=UUID(CHECK_ID), choice=choice, at=at)

    assert error.value.code == "no_option"


def test_a_check_that_is_gone_is_refused(person, lesson, at):
    with pytest.raises(Refused) as error:
        answer_check(person=person, lesson=lesson, block_id=uuid4(), choice=0, at=at)

    assert error.value.code == "no_check"
