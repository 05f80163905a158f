"""Calculated and cloze questions from the paper to the mark."""

import re

import pytest
from django.urls import reverse

from exams.models import ItemMark
from exams.queries.paper import candidate_paper, shown_question
from exams.rules.papers import item_content
from exams.rules.question_types.calculated import right_value
from exams.services import save_responses, submit_attempt
from tests.factories.exams import AttemptFactory, QuestionFactory, QuestionVersionFactory

pytestmark = pytest.mark.django_db


def stems(attempt):
    return [question.stem for part in candidate_paper(attempt) for question in part.questions]


def earned(attempt, value, at):
    items = [{"position": 1, "seq": 1, "value": value}]
    save_responses(attempt_id=attempt.pk, person=attempt.candidate, items=items, at=at)
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)
    return ItemMark.objects.get(attempt=attempt, position=1).fraction


def right_answer(attempt):
    item = attempt.items.select_related("version").get(position=1)
    content = item_content(
        "calculated", item.version.content, paper_seed=attempt.seed, position=item.position
    )
    return f"{float(right_value(content, item.version.key)):.2f}"


def test_every_candidate_is_asked_and_scored_by_own_figures(at):
    first, second = (
        AttemptFactory(started_at=at, types=["calculated"], seed=seed) for seed in ("1", "4")
    )

    asked = stems(first), stems(second)

    assert asked == (["售价200元，佣金0.5%，佣金多少元？"], ["售价300元，佣金4.0%，佣金多少元？"])
    assert asked == (stems(first), stems(second))
    own, other = right_answer(first), right_answer(second)
    assert (earned(first, own, at), earned(second, own, at)) == (1, 0)
    assert own != other


def test_the_room_asks_with_figures_and_holds_no_formula(client):
    attempt = AttemptFactory(types=["calculated", "cloze"])
    client.force_login(attempt.candidate)

    html = client.get(reverse("exams:exam_room", args=[attempt.pk])).content.decode()

    assert stems(attempt)[0] in html
    assert [word for word in ("b%", "least", "复购率", "31.25", "weight") if word in html] == []


def test_the_room_shows_what_was_written_into_the_gaps(client, at):
    attempt = AttemptFactory(started_at=at, types=["cloze"])
    save_responses(
        attempt_id=attempt.pk, person=attempt.candidate, at=at,
        items=[{"position": 1, "seq": 1, "value": [0, "客<b>户", None]}],
    )  # fmt: skip
    question = candidate_paper(attempt)[0].questions[0]

    assert [(text, number, value) for text, number, _, value in question.gaps] == [
        ("选", 1, 0), ("，写", 2, "客<b>户"), ("，算", 3, None), ("。", 0, None),
    ]  # fmt: skip


def test_a_cloze_is_answered_in_its_text(client):
    attempt = AttemptFactory(types=["cloze"])
    client.force_login(attempt.candidate)
    save = reverse("exams:responses_save", args=[attempt.pk])
    body = {"items": [{"position": 1, "seq": 1, "value": [0, "客<b>户", "３"]}]}
    client.post(save, body, content_type="application/json")

    html = client.get(reverse("exams:exam_room", args=[attempt.pk])).content.decode()

    assert len(re.findall("data-gap", html)) == 3
    assert re.findall(r'value="(\d)" selected', html) == ["0"]
    assert 'value="客&lt;b&gt;户"' in html
    assert 'value="３"' in html


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (None, "错选不得分，少选按比例得分"),
        ("half_when_under/1", "错选不得分，少选得一半"),
        ("all_or_nothing/1", "全部选对才得分"),
        ("right_minus_wrong/1", "每选错一项，抵掉一项选对的分"),
    ],
)
def test_a_candidate_reads_how_a_question_is_scored(client, rule, words):
    content = {"options": ["甲", "乙", "丙"]} | ({"scoring": rule} if rule else {})
    version = QuestionVersionFactory(type="multiple", content=content, key={"right": [0, 1]})
    attempt = AttemptFactory()
    attempt.items.create(position=1, version=version, max_mark=2, option_order=[0, 1, 2])
    client.force_login(attempt.candidate)

    html = client.get(reverse("exams:exam_room", args=[attempt.pk])).content.decode()

    assert words in html


def test_marks_follow_the_rule_that_the_version_names(at):
    version = QuestionVersionFactory(
        type="multiple", key={"right": [0, 1, 2]},
        content={"options": ["甲", "乙", "丙", "丁"], "scoring": "half_when_under/1"},
    )  # fmt: skip
    attempt = AttemptFactory(started_at=at)
    attempt.items.create(position=1, version=version, max_mark=2, option_order=[3, 2, 1, 0])

    assert earned(attempt, [1, 2], at) == pytest.approx(0.5)


def test_the_preview_has_figures_too():
    question = QuestionFactory(type="calculated")

    shown = shown_question(question)

    assert re.fullmatch(r"售价\d00元，佣金\d\.\d%，佣金多少元？", shown.stem)
    assert shown == shown_question(question)
    assert [gap[1] for gap in shown_question(QuestionFactory(type="cloze")).gaps] == [1, 2, 3, 0]
