"""Study that the demo writes down looks as if it had been earned."""

import pytest

from courses.services import freeze_course
from demo.loaders.study import study
from learning.models import CheckAnswer
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.exams import QuestionVersionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
WRITTEN_IN = {"stem": "几？", "options": ["一", "二"], "answer": 1, "explanation": "二"}


@pytest.fixture
def asked():
    return QuestionVersionFactory(
        question__pool="practice", question__code="LC-roi-1", content={"options": ["赚", "亏"]},
        key={"right": 1}, explanation="毛利",
    )  # fmt: skip


def test_answers_name_the_question_of_the_bank_where_there_is_one(asked, at):
    course = CourseFactory()
    lesson = lesson_of(course, checks=[("question", asked.question), ("check", WRITTEN_IN)])
    freeze_course(course=course, at=at)

    study(person=UserFactory(), lessons=[lesson], seconds=lesson.planned_seconds, since=at)

    answers = CheckAnswer.objects.order_by("pk")
    assert [answer.question_version for answer in answers] == [asked, None]
    assert {answer.lesson_version for answer in answers} == {lesson.versions.get()}
