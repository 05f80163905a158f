"""A figure of a lesson is changed: its questions are flagged, and their author decides."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditRow
from courses.blocks.question_check import PracticeChooser
from courses.models import LessonPage, QuestionFlag
from courses.models.lesson import withdrawn_checks
from courses.services import decide_flags, freeze_course
from courses.wagtail_hooks import tell_flagged_questions
from exams.services import publish_question
from kit.refusing import Refused
from notices.models import Notice
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.exams import QuestionVersionFactory, TopicFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
LONG = "字" * 600


def body(*paragraphs):
    text = "".join(f"<p>{each}</p>" for each in (*paragraphs, LONG))
    return json.dumps([{"type": "paragraph", "id": "p1", "value": text}])


@pytest.fixture
def author():
    return UserFactory(roles=["author"], name="纪闻")


@pytest.fixture
def course():
    return CourseFactory(title="定价")


@pytest.fixture
def lesson(course):
    return lesson_of(course, slug="fees", title="平台费率", body=body("佣金率为5%，按月结算。"))


@pytest.fixture
def question(lesson):
    """A published question on the lesson's topic that asks for the figure."""
    topic = TopicFactory(slug="fees")
    return QuestionVersionFactory(topic=topic, question__stem="佣金率是 5% 吗？").question


def publish(lesson, *paragraphs):
    page = LessonPage.objects.get(pk=lesson.pk)
    page.body = body(*paragraphs)
    page.save_revision().publish()


@pytest.fixture
def flagged(course, question, lesson, author, at):
    """The question, flagged once: 5% became 6%."""
    freeze_course(course=course, at=at)
    publish(lesson, "佣金率为6%，按月结算。")
    question.refresh_from_db()
    return question


def flags():
    return [
        (flag.question.code, flag.gone, flag.come, flag.names_figure)
        for flag in QuestionFlag.objects.order_by("pk")
    ]


def decide(question, by, at, **fields):
    seen = QuestionFlag.objects.latest("pk").pk if QuestionFlag.objects.exists() else 1
    fields = {"verdict": "stands", "note": "问的是2026年的费率", "seen": seen} | fields
    return decide_flags(question=question, by=by, at=at, **fields)


def test_the_first_publishing_flags_nothing(course, question, at):
    freeze_course(course=course, at=at)

    assert flags() == []


def test_a_changed_figure_flags_the_questions_of_its_lesson(flagged, course):
    flag = QuestionFlag.objects.get()

    assert flags() == [(flagged.code, ["5%"], ["6%"], True)]
    assert flag.wording == flagged.live_version
    assert flag.place.course_version.number == 2
    assert "6%" in str(flag.place.lesson_version.content)
    assert "5%" in str(flag.before.content)


def test_a_question_without_the_figure_is_flagged_too(course, lesson, question, at):
    other = QuestionVersionFactory(topic=question.topic, question__stem="多久结算一次？").question
    freeze_course(course=course, at=at)

    publish(lesson, "佣金率为6%，按月结算。")

    assert sorted(flags()) == sorted(
        [(question.code, ["5%"], ["6%"], True), (other.code, ["5%"], ["6%"], False)]
    )


def test_words_without_figures_flag_nothing(course, lesson, question, at):
    freeze_course(course=course, at=at)

    publish(lesson, "佣金率为5%，每个月结算一次。", "步骤 3 见图 2。")

    assert flags() == []


def test_other_lessons_retired_questions_and_drafts_are_left_alone(course, lesson, question, at):
    topic = question.topic
    QuestionVersionFactory(topic=TopicFactory(slug="another"))
    retired = QuestionVersionFactory(topic=topic).question
    draft = QuestionVersionFactory(topic=topic).question
    type(retired).objects.filter(pk=retired.pk).update(state="retired")
    type(draft).objects.filter(pk=draft.pk).update(state="draft")
    freeze_course(course=course, at=at)

    publish(lesson, "佣金率为6%，按月结算。")

    assert [code for code, *_rest in flags()] == [question.code]


def test_a_quick_check_is_flagged_by_every_lesson_that_asks_it(course, lesson, question, at):
    topic = TopicFactory(slug="elsewhere")
    asked = QuestionVersionFactory(topic=topic, question__pool="practice").question
    check = [{"type": "question", "id": "c1", "value": asked.pk}]
    LessonPage.objects.filter(pk=lesson.pk).update(checks=json.dumps(check))
    freeze_course(course=course, at=at)

    publish(lesson, "佣金率为6%，按月结算。")

    assert {code for code, *_rest in flags()} == {question.code, asked.code}


def test_what_was_offline_is_compared_with_what_it_last_said(course, lesson, question, at):
    freeze_course(course=course, at=at)
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert flags() == []

    publish(lesson, "佣金率为6%，按月结算。")

    assert [code for code, *_rest in flags()] == [question.code]


def test_authors_are_told_once_and_the_audit_names_the_questions(flagged, author):
    notice = Notice.objects.get(event="courses.questions_flagged")
    row = AuditRow.objects.get(action="courses.questions_flagged")

    assert (notice.person, notice.url) == (author, "/content/questions/")
    assert "定价" in notice.title
    assert row.detail == {"version": 2, "questions": [flagged.code]}


def test_the_queries_do_not_grow_with_questions(
    course, lesson, question, at, django_assert_max_num_queries
):
    freeze_course(course=course, at=at)
    publish(lesson, "佣金率为6%，按月结算。")
    with django_assert_max_num_queries(200) as one:
        publish(lesson, "佣金率为7%，按月结算。")
    QuestionVersionFactory.create_batch(5, topic=question.topic)

    with django_assert_max_num_queries(len(one)):
        publish(lesson, "佣金率为8%，按月结算。")

    assert len(flags()) == 1 + 1 + 6


def test_a_question_that_stands_is_decided_with_a_reason(flagged, author, at):
    assert decide(flagged, author, at) == 1

    flag = QuestionFlag.objects.get()
    assert (flag.verdict, flag.decided_by, flag.decided_at) == ("stands", author, at)
    row = AuditRow.objects.get(action="courses.flags_decided")
    assert (row.actor_id, row.reason, row.detail) == (
        author.pk, "问的是2026年的费率", {"verdict": "stands", "flags": [flag.pk]},
    )  # fmt: skip


def test_corrected_needs_a_new_wording(flagged, author, at):
    with pytest.raises(Refused) as refused:
        decide(flagged, author, at, verdict="corrected")
    assert refused.value.code == "verdict"

    flagged.stem = "佣金率是 6% 吗？"
    flagged.save()
    publish_question(question_id=flagged.pk, by=author, at=at)

    assert decide(flagged, author, at, verdict="corrected") == 1


def test_a_withdrawn_question_is_retired(flagged, author, at):
    decide(flagged, author, at, verdict="withdrawn")

    flagged.refresh_from_db()
    assert flagged.state == "retired"


def test_every_flag_seen_is_decided_and_a_later_one_stays(flagged, lesson, author, at):
    publish(lesson, "佣金率为7%，按月结算。")
    seen = QuestionFlag.objects.latest("pk").pk
    publish(lesson, "佣金率为8%，按月结算。")

    assert decide(flagged, author, at, seen=seen) == 2
    assert [flag.come for flag in QuestionFlag.objects.open()] == [["8%"]]


@pytest.mark.parametrize(
    ("role", "fields", "code"),
    [
        ("author", {"note": "  "}, "note"),
        ("author", {"seen": 0}, "decided"),
        ("auditor", {}, "role"),
        ("editor", {}, "role"),
    ],
)
def test_what_is_refused(flagged, at, role, fields, code):
    with pytest.raises(Refused) as refused:
        decide(flagged, UserFactory(roles=[role]), at, **fields)

    assert refused.value.code == code
    assert QuestionFlag.objects.open().count() == 1


def test_the_database_refuses_half_a_decision(flagged):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFlag.objects.update(verdict="stands")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFlag.objects.update(note="看过")


def test_others_see_none(flagged):
    seen = {
        role: QuestionFlag.objects.visible_to(UserFactory(roles=[role])).count()
        for role in ("author", "auditor", "editor", "reviewer", "hr", "trainer")
    }

    assert seen == {"author": 1, "auditor": 1, "editor": 0, "reviewer": 0, "hr": 0, "trainer": 0}


def test_the_author_reads_both_texts_and_decides(client, flagged, author):
    client.force_login(author)
    url = reverse("courses:flag_detail", args=[flagged.pk])

    page = client.get(url)
    [row] = page.context["waiting"]
    answer = client.post(
        url, {"verdict": "stands", "note": "看过", "seen": page.context["form"]["seen"].value()}
    )

    assert [(edit.before, edit.after) for edit in row.edits] == [
        (("佣金率为5%，按月结算。",), ("佣金率为6%，按月结算。",))
    ]
    assert "佣金率是 5% 吗？" in page.content.decode()
    assert (answer.status_code, answer["Location"]) == (302, "/content/questions/")
    assert client.get("/content/questions/").context["page_obj"].object_list.count() == 0
    decided = client.get("/content/questions/?state=decided").context["page_obj"].object_list
    assert [flag.note for flag in decided] == ["看过"]
    assert client.get(url).context["waiting"] == []


def test_a_refused_decision_keeps_what_was_typed(client, flagged, author):
    client.force_login(author)
    url = reverse("courses:flag_detail", args=[flagged.pk])
    seen = QuestionFlag.objects.get().pk

    answer = client.post(url, {"verdict": "corrected", "note": "改好了", "seen": seen})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["verdict"]
    assert "改好了" in answer.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1"])
def test_a_page_without_its_number_is_refused_in_words(client, flagged, author, seen):
    client.force_login(author)

    answer = client.post(
        reverse("courses:flag_detail", args=[flagged.pk]),
        {"verdict": "stands", "note": "看过", "seen": seen},
    )

    assert answer.status_code == 422
    assert QuestionFlag.objects.open().count() == 1


def test_the_auditor_follows_it_without_the_key(client, flagged):
    client.force_login(UserFactory(roles=["auditor"]))

    page = client.get(reverse("courses:flag_detail", args=[flagged.pk])).content.decode()

    assert "6%" in page
    assert "佣金率是 5% 吗？" not in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_a_question_that_was_never_flagged_has_no_page(client, author):
    client.force_login(author)
    other = QuestionVersionFactory().question

    assert client.get(reverse("courses:flag_detail", args=[other.pk])).status_code == 404


def test_the_start_page_of_the_admin_counts_questions(flagged, author, rf):
    request = rf.get("/admin/")
    request.user = author
    panels, none = [], []

    tell_flagged_questions(request, panels)
    request.user = UserFactory(roles=["editor"])
    tell_flagged_questions(request, none)

    assert "有 1 道题要复核" in panels[0].render_html({"request": request})
    assert none == []


def test_a_decision_made_meanwhile_is_told_in_words(client, flagged, author, at):
    client.force_login(author)
    url = reverse("courses:flag_detail", args=[flagged.pk])
    seen = QuestionFlag.objects.get().pk
    decide(flagged, author, at)

    answer = client.post(url, {"verdict": "stands", "note": "看过", "seen": seen}, follow=True)

    assert "已经有人处理过了" in answer.content.decode()


def test_a_withdrawn_quick_check_is_told_to_editors_and_shown(client, course, lesson, author, at):
    editor = UserFactory(roles=["editor"])
    asked = QuestionVersionFactory(
        topic=TopicFactory(slug="fees"), question__pool="practice"
    ).question
    page = LessonPage.objects.get(pk=lesson.pk)
    page.checks = json.dumps([{"type": "question", "id": "c1", "value": asked.pk}])
    page.save_revision().publish()
    freeze_course(course=course, at=at)
    publish(lesson, "佣金率为6%，按月结算。")
    client.force_login(author)

    shown = client.get(reverse("courses:flag_detail", args=[asked.pk]))
    decide(asked, author, at, verdict="withdrawn")

    assert [each.title for each in shown.context["asked_in"]] == ["平台费率"]
    notice = Notice.objects.get(event="courses.check_withdrawn")
    assert (notice.person, notice.body) == (editor, "平台费率")
    asked.refresh_from_db()
    assert PracticeChooser().get_display_title(asked).startswith("已停用")
    assert withdrawn_checks(LessonPage.objects.get(pk=lesson.pk).checks.get_prep_value()) == [
        asked.code
    ]


def test_a_withdrawn_question_of_no_lesson_is_told_to_nobody(flagged, author, at):
    UserFactory(roles=["editor"])

    decide(flagged, author, at, verdict="withdrawn")

    assert Notice.objects.filter(event="courses.check_withdrawn").count() == 0
