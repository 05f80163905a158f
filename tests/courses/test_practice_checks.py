"""Lessons ask questions of the practice pool, in the words of the day they were published."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.blocks import QuestionCheckBlock
from courses.models import AdvertisingWord, LessonPage
from courses.services import ensure_catalog, freeze_course
from courses.services.practice import About, pool_checks
from exams.models import Question, QuestionVersion
from exams.services import publish_question, retire_question
from learning.models import CheckAnswer
from learning.services import answer_check
from tests.factories.courses import CourseFactory, LessonFactory, lesson_of
from tests.factories.exams import QuestionVersionFactory
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
TEXT = f"<p>{'字' * 250}</p>"
ABOUT = About("roi", "投产比", "数据分析", "operator")
CHECK = {"stem": "赚吗？", "options": ["赚", "亏"], "answer": 1, "explanation": "毛利"}


@pytest.fixture
def version():
    return QuestionVersionFactory(
        question__pool="practice", question__code="LC-roi-1", stem="赚吗？",
        content={"options": ["赚", "亏"]}, key={"right": 1}, explanation="毛利",
    )  # fmt: skip


@pytest.fixture
def question(version):
    return Question.objects.get(pk=version.question_id)


@pytest.fixture
def secret():
    return QuestionVersionFactory(stem="考场机密").question


@pytest.fixture
def course():
    return CourseFactory()


@pytest.fixture
def lesson(course, question):
    return lesson_of(course, checks=[("question", question)])


@pytest.fixture
def editor(client, settings):
    settings.COURSE_REVIEW = False
    ensure_catalog()
    user = UserFactory(roles=["editor"])
    client.force_login(user)
    return user


def reworded(question, at, stem):
    Question.objects.filter(pk=question.pk).update(stem=stem)
    return publish_question(question_id=question.pk, by=None, at=at)


def form(lesson, checks, **extra):
    empty = {name: streamfield([]) for name in ("goals", "worked_example", "drill", "case")}
    body = streamfield([("paragraph", rich_text(TEXT))])
    return nested_form_data(
        {
            "title": lesson.title, "slug": lesson.slug, "planned_seconds": "60", "posts": "",
            "level": "assistant", "sources": "", "quoted_words": "", **empty, "body": body,
            "checks": checks, **extra,
        }
    )  # fmt: skip


def saved(client, lesson, checks, **extra):
    """The raw checks of the draft after the editor's page was posted, and how it answered."""
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client.post(url, form(lesson, checks, **extra))
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    return answer, [(part["type"], part["value"]) for part in draft.checks.get_prep_value()]


def test_publishing_freezes_the_words_of_the_question(course, lesson, version, at):
    freeze_course(course=course, at=at)

    part = lesson.versions.get().content["checks"][0]
    words = CHECK | {"code": "LC-roi-1", "version": version.pk}
    assert part == {"type": "check", "id": lesson.checks[0].id, "value": words}
    assert lesson.versions.get().reading().checks[0].value["stem"] == "赚吗？"


def test_another_wording_reaches_a_lesson_with_its_next_publishing(course, lesson, question, at):
    first = freeze_course(course=course, at=at)
    newer = reworded(question, at, "亏吗？")
    before = course.versions.count()

    second = freeze_course(course=course, at=at)

    stems = [
        each.places.get().lesson_version.content["checks"][0]["value"]["stem"]
        for each in (first, second)
    ]
    assert (before, stems, newer.number) == (1, ["赚吗？", "亏吗？"], 2)


def test_a_question_that_was_retired_keeps_its_words_in_the_lesson(course, lesson, question, at):
    first = freeze_course(course=course, at=at)
    retire_question(question_id=question.pk, by=None, at=at)

    assert freeze_course(course=course, at=at) == first


def test_an_answer_names_the_version_asked(course, lesson, question, version, at):
    freeze_course(course=course, at=at)
    reworded(question, at, "亏吗？")
    person = CourseGrantFactory(course=course).person

    answer_check(person=person, lesson=lesson, block_id=lesson.checks[0].id, choice=1, at=at)

    answer = CheckAnswer.objects.get()
    assert (answer.question_version, answer.correct, answer.asked["stem"]) == (
        version, True, "赚吗？",
    )  # fmt: skip


def test_a_learner_reads_and_answers_it(client, course, lesson, at):
    freeze_course(course=course, at=at)
    person = CourseGrantFactory(course=course).person
    client.force_login(person)
    block = lesson.checks[0].id
    page = client.get(reverse("learning:lesson_detail", args=[lesson.pk])).content.decode()

    client.post(reverse("learning:check_answer", args=[lesson.pk, block]), {"choice": "0"})

    told = client.get(reverse("learning:lesson_detail", args=[lesson.pk])).content.decode()
    assert ("赚吗？" in page, "毛利" in page, "LC-roi-1" in page) == (True, False, False)
    assert ("毛利" in told, CheckAnswer.objects.get().correct) == (True, False)


def test_hours_and_search_take_a_question_like_a_typed_check(course, question, at):
    named = lesson_of(course, checks=[("question", question)])
    typed = lesson_of(course, checks=[("check", CHECK)])
    freeze_course(course=course, at=at)

    texts = [each.versions.get().words.text for each in (named, typed)]
    assert named.parts == typed.parts == named.versions.get().reading().parts
    assert [text.replace(each.title, "").split() for text, each in zip(
        texts, (named, typed), strict=True)] == [["赚吗？", "赚", "亏"]] * 2  # fmt: skip


def test_absolute_words_are_looked_for_in_questions_too():
    AdvertisingWord.objects.get_or_create(word="全网最低", defaults={"hint": "写明价格"})
    question = QuestionVersionFactory(question__pool="practice", stem="全网最低？").question

    lesson = LessonFactory(checks=[("question", question)])

    assert "全网最低" in [each.word for each in lesson.absolute_words()]


def test_checks_of_a_lesson_are_read_in_one_query(lesson, django_assert_num_queries):
    for _more in range(2):
        lesson.checks.append(
            ("question", QuestionVersionFactory(question__pool="practice").question)
        )
    lesson.save()
    fresh = LessonPage.objects.get(pk=lesson.pk)

    with django_assert_num_queries(1):
        html = [part.render() for part in fresh.checks]

    assert len(html) == 3


def test_an_editor_chooses_a_question_and_sees_the_right_option(client, editor, question):
    lesson = LessonFactory(planned_seconds=60)

    _answer, checks = saved(client, lesson, streamfield([("question", str(question.pk))]))

    page = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert checks == [("question", question.pk)]
    assert json.dumps("LC-roi-1 · 赚吗？ — 赚 / ✓ 亏")[1:-1] in page.replace("&quot;", '"')


@pytest.mark.parametrize("posted", ["secret", "x", "999999", ""])
def test_nothing_but_the_practice_pool_gets_into_a_lesson(client, editor, secret, posted):
    lesson = LessonFactory(planned_seconds=60)
    value = str(secret.pk) if posted == "secret" else posted

    drafted, checks = saved(client, lesson, streamfield([("question", value)]))
    published, _same = saved(
        client, lesson, streamfield([("question", value)]), **{"action-publish": "1"}
    )

    assert (drafted.status_code, checks) == (302, [("question", None)])
    assert published.status_code == 200
    assert "考场机密" not in published.content.decode()


def test_a_number_of_the_exam_pool_in_the_data_shows_and_freezes_nothing(course, secret, at):
    lesson = lesson_of(course)
    raw = json.dumps([{"type": "question", "value": secret.pk, "id": "a"}])
    lesson.checks = raw
    lesson.save()
    freeze_course(course=course, at=at)

    page = LessonPage.objects.get(pk=lesson.pk)
    assert [part.render() for part in page.checks] == [""]
    assert lesson.versions.get().content["checks"] == []
    assert QuestionCheckBlock().get_form_state(secret.pk) is None


def test_a_typed_check_without_its_number_is_no_crash(client, editor):
    lesson = LessonFactory(planned_seconds=60)
    check = {"stem": "写到一半", "options": streamfield([]), "answer": "", "explanation": ""}

    answer, _checks = saved(client, lesson, streamfield([("check", check)]))

    assert answer.status_code == 200
    assert json.dumps("写到一半")[1:-1] in answer.content.decode()


def test_the_chooser_lists_and_finds_the_practice_pool_only(client, editor, question, secret):
    other = QuestionVersionFactory(question__pool="practice", stem="另一题").question
    retired = QuestionVersionFactory(question__pool="practice", stem="旧题").question
    Question.objects.filter(pk=retired.pk).update(state="retired")
    results = reverse("practice_chooser:choose_results")

    whole = client.get(results).content.decode()
    found = client.get(results, {"q": "赚吗"}).content.decode()

    assert [words in whole for words in ("赚吗？", "另一题", "旧题", "考场机密")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert ("LC-roi-1" in found, other.code in found) == (True, False)


def test_the_chooser_answers_with_the_summary_and_knows_no_other_question(
    client, editor, question, secret
):
    chosen = client.get(reverse("practice_chooser:chosen", args=[question.pk])).json()
    other = client.get(reverse("practice_chooser:chosen", args=[secret.pk]))
    many = client.get(
        reverse("practice_chooser:chosen_multiple"), {"id": [question.pk, secret.pk, "x"]}
    ).json()

    expected = {
        "id": str(question.pk), "title": "LC-roi-1 · 赚吗？ — 赚 / ✓ 亏", "edit_url": None,
    }  # fmt: skip
    assert (chosen["result"], other.status_code) == (expected, 404)
    assert many["result"] == [expected]


def test_checks_of_a_file_become_questions_once(at):
    first = pool_checks(about=ABOUT, checks=[CHECK, CHECK | {"stem": "亏吗？"}], at=at)
    again = pool_checks(about=ABOUT, checks=[CHECK, CHECK | {"stem": "保本吗？"}], at=at)

    made = Question.objects.get(code="LC-roi-1")
    assert first == again == list(Question.objects.values_list("pk", flat=True))
    assert (made.pool, made.state, made.topic.slug, made.difficulty) == (
        "practice", "published", "roi", 2,
    )  # fmt: skip
    assert list(QuestionVersion.objects.values_list("question__code", "number")) == [
        ("LC-roi-1", 1), ("LC-roi-2", 1), ("LC-roi-2", 2),
    ]  # fmt: skip
    assert pool_checks(about=ABOUT, checks=[], at=at) == []


def test_loading_checks_again_costs_two_queries(at, django_assert_num_queries):
    pool_checks(about=ABOUT, checks=[CHECK, CHECK], at=at)

    with django_assert_num_queries(2):
        pool_checks(about=ABOUT, checks=[CHECK, CHECK], at=at)


def test_typed_checks_of_an_earlier_release_move_to_the_pool(at):
    half = {"stem": "写到一半", "options": ["赚", "亏"], "answer": None, "explanation": ""}
    lesson = LessonFactory(slug="roi", title="投产比", checks=[("check", CHECK), ("check", half)])
    lesson.save_revision()
    same = LessonFactory(slug="roi", checks=[("check", CHECK)])
    migration = import_module("courses.migrations.0014_typed_checks_to_the_pool")

    migration.move(apps, None)
    migration.move(apps, None)

    made = Question.objects.get(code="LC-roi-1")
    page = LessonPage.objects.get(pk=lesson.pk)
    draft = page.get_latest_revision_as_object()
    assert [part["type"] for part in page.checks.get_prep_value()] == ["question", "check"]
    assert draft.checks.get_prep_value() == page.checks.get_prep_value()
    assert page.checks[0].value == made
    assert LessonPage.objects.get(pk=same.pk).checks[0].value.code == "LC-roi-2"
    assert pool_checks(about=ABOUT, checks=[CHECK], at=at) == [made.pk]
    assert QuestionVersion.objects.filter(question=made).count() == 1
