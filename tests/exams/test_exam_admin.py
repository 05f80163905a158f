"""Authors and officers at work in the Wagtail admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.models import Exam, Question, Sitting
from people.services import sync_roles
from tests.factories.exams import (
    ExamFactory,
    QuestionFactory,
    QuestionVersionFactory,
    SittingFactory,
    TopicFactory,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    sync_roles()

    def sign_in(role):
        client.force_login(UserFactory(roles=[role]))
        return client

    return sign_in


def question(action, *args):
    return reverse(f"wagtailsnippets_exams_question:{action}", args=args)


def entry(**changes):
    values = {
        "code": "Q-9", "topic": TopicFactory().pk, "pool": "exam", "type": "single",
        "difficulty": 1, "competency": "", "mark": "2", "stem": "几？", "explanation": "",
        "answers": "一\n* 二", "publish_now": "on",
    }  # fmt: skip
    return {**values, **changes}


def test_an_author_writes_and_publishes(signed_in):
    signed_in("author").post(question("add"), entry())

    made = Question.objects.get()
    assert (made.state, made.live_version.key) == ("published", {"right": 1})


def test_a_draft_is_not_drawn(signed_in):
    signed_in("author").post(question("add"), entry(publish_now=""))

    assert (Question.objects.get().state, Question.objects.drawable().count()) == ("draft", 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"answers": "一\n二"}, "有且只有一行以 * 开头"), ({"mark": "0"}, "分值要大于 0"),
     ({"type": "fill", "answers": "|"}, "第 1 空没有答案")],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_is_named_and_kept(signed_in, changes, words):
    answer = signed_in("author").post(question("add"), entry(**changes, stem="保留的题干"))

    html = answer.content.decode()
    assert (answer.status_code, Question.objects.count()) == (200, 0)
    assert words in html
    assert "保留的题干" in html


def test_saving_without_a_change_makes_no_version(signed_in):
    client = signed_in("author")
    client.post(question("add"), entry())
    made = Question.objects.get()

    opened = client.get(question("edit", made.pk))
    form = opened.context["form"]
    assert 'name="answers"' in opened.content.decode()
    same = entry(topic=made.topic_id, answers=form["answers"].value())
    client.post(question("edit", made.pk), same)

    assert made.versions.count() == 1


def test_an_author_chooses_how_a_question_is_scored(signed_in):
    client = signed_in("author")
    body = entry(type="multiple", answers="* 一\n* 二\n三", scoring="half_when_under/1")
    client.post(question("add"), body)
    made = Question.objects.get()
    form = client.get(question("edit", made.pk)).context["form"]

    assert form["scoring"].value() == "half_when_under/1"
    client.post(
        question("edit", made.pk), {**body, "scoring": "", "answers": form["answers"].value()}
    )

    assert [version.content.get("scoring") for version in made.versions.all()] == [
        "half_when_under/1",
        None,
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scoring": "half_when_under/1"}, "这种题型不能用计分规则"),
        ({"type": "calculated", "answers": "a | 1 | 9 | 1\n= a"}, "题干里没有参数 {a} 的位置"),
        ({"type": "calculated", "answers": "a | 1 | 9 | 1\n= 1 ÷ (a-5) | 0 | 1"}, "除以零"),
        ({"type": "cloze", "answers": "填空 | 1 | 甲"}, "题干里每个空写一次"),
    ],
)
def test_what_does_not_fit_together_is_named(signed_in, changes, words):
    answer = signed_in("author").post(question("add"), entry(**changes))

    assert words in answer.content.decode()
    assert Question.objects.count() == 0


def test_the_preview_is_what_a_candidate_sees(signed_in):
    made = QuestionFactory(type="case", stem="【材料】甲。\n【问题】（1）乙？")
    client = signed_in("author")
    url = question("preview_on_edit", made.pk)
    client.post(url, entry(code=made.code, type="case", answers="CANARY | 4", stem=made.stem))

    html = client.get(url).content.decode()

    assert "<li>乙？</li>" in html
    assert "CANARY" not in html


def test_an_officer_changes_the_blueprint(signed_in):
    exam = ExamFactory()
    QuestionVersionFactory.create_batch(3)
    url = reverse("exam:edit", args=[exam.pk])
    client = signed_in("officer")
    data = {"code": exam.code, "title": "新名称", "duration_minutes": 60, "instructions": ""}

    opened = client.get(url)
    shown = opened.context["form"]["parts"].value()
    refused = [
        client.post(url, {**data, "parts": parts}).status_code
        for parts in ("单选 9 2", "诗歌 1 2", "单选 x 2", "单选")
    ]
    client.post(url, {**data, "parts": "单选 3 2.5\n\n"})

    exam.refresh_from_db()
    assert 'name="parts"' in opened.content.decode()
    assert shown == "单选 2 2"
    assert refused == [200] * 4
    assert (exam.title, exam.blueprint) == (
        "新名称",
        [{"type": "single", "count": 3, "mark": "2.5"}],
    )


def test_an_officer_schedules_a_sitting(signed_in):
    exam, now = ExamFactory(), timezone.localtime()
    times = [(now + timedelta(days=n)).strftime("%Y-%m-%d %H:%M") for n in (1, 2)]
    data = {"exam": exam.pk, "title": "第一场", "room": "机房"}
    client = signed_in("officer")

    client.post(reverse("sitting:add"), {**data, "opens_at": times[1], "closes_at": times[0]})
    wrong = Sitting.objects.count()
    client.post(reverse("sitting:add"), {**data, "opens_at": times[0], "closes_at": times[1]})

    assert (wrong, Sitting.objects.get().title) == (0, "第一场")


def test_each_role_sees_its_own_lists(signed_in):
    SittingFactory()
    urls = [question("list"), reverse("topic:index"), reverse("exam:index"),
            reverse("sitting:index")]  # fmt: skip

    seen = {
        role: [signed_in(role).get(url).status_code == 200 for url in urls]
        for role in ("author", "officer", "trainee")
    }

    assert Exam.objects.count() == 1
    assert seen == {
        "author": [True, True, False, False],
        "officer": [False, False, True, True],
        "trainee": [False] * 4,
    }


def test_the_pool_is_chosen_once_and_kept_when_published(signed_in):
    client = signed_in("author")
    client.post(question("add"), entry(pool="practice", publish_now=""))
    made = Question.objects.get()
    pools = [made.pool]

    for form in ({"pool": "exam"}, {"pool": "practice", "publish_now": "on"}, {"pool": "exam"}):
        client.post(question("edit", made.pk), entry(topic=made.topic_id, publish_now="") | form)
        made.refresh_from_db()
        pools.append(made.pool)

    assert pools == ["practice", "exam", "practice", "practice"]
    assert client.get(question("edit", made.pk)).context["form"].fields["pool"].disabled is True


def test_the_bank_is_listed_by_pool(signed_in):
    for pool in ("exam", "practice"):
        QuestionFactory(code=f"OF-{pool}", pool=pool)

    page = signed_in("author").get(question("list"), {"pool": "practice"}).content.decode()

    assert ("OF-practice" in page, "OF-exam" in page) == (True, False)
