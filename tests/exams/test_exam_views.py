"""The pages of candidates and markers of the theory exam."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exams.models import Attempt, ItemMark, Response
from exams.services import submit_attempt
from exams.tasks import close_overdue
from tests.factories.exams import (
    BODIES,
    AdmissionFactory,
    AttemptFactory,
    QuestionVersionFactory,
    SittingFactory,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
TYPES = list(BODIES)


@pytest.fixture
def attempt():
    return AttemptFactory(types=TYPES)


@pytest.fixture
def candidate(client, attempt):
    client.force_login(attempt.candidate)
    return client


def save(client, attempt, items):
    url = reverse("exams:responses_save", args=[attempt.pk])
    body = json.dumps({"items": items}) if isinstance(items, list) else items
    return client.post(url, body, content_type="application/json")


def page(client, name, obj):
    return client.get(reverse(f"exams:{name}", args=[obj.pk]))


def item(position, seq, value):
    return {"position": position, "seq": seq, "value": value}


def test_saving_answers_with_the_clock(candidate, attempt):
    answer = save(candidate, attempt, [item(1, 1, 2)])

    body = answer.json()
    assert answer.status_code == 200
    assert set(body) == {"saved", "server_now", "deadline"}
    assert body["saved"] == [{"position": 1, "seq": 1}]
    assert body["deadline"] == attempt.deadline.isoformat()


@pytest.mark.parametrize(
    ("items", "status", "code"),
    [
        ([item(99, 1, 0)], 404, "not_served"),
        ([item(1, 1, 77)], 400, "bad_value"),
        ([item(2, 4, [0])], 409, "stale"),
        ("{", 400, "bad_request"),
        ("[]", 400, "bad_request"),
        ('{"items": 3}', 400, "bad_request"),
        ([3], 400, "bad_request"),
    ],
)
def test_what_is_not_saved_is_named(candidate, attempt, items, status, code):
    save(candidate, attempt, [item(2, 9, [1])])

    answer = save(candidate, attempt, items)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_saving_after_the_end_is_refused(candidate, attempt):
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=timezone.now() - timedelta(hours=2),
        deadline=timezone.now() - timedelta(seconds=6),
    )
    gone = save(candidate, attempt, [item(1, 1, 2)])
    result = page(candidate, "exam_room", attempt)
    conflict = save(candidate, attempt, [item(1, 1, 2)])

    assert (gone.status_code, gone.json()["code"]) == (410, "closed")
    assert result.url == reverse("exams:attempt_result", args=[attempt.pk])
    assert (conflict.status_code, conflict.json()["code"]) == (409, "submitted")


def test_a_save_asks_the_database_little(candidate, attempt, django_assert_max_num_queries):
    # Session, account, BEGIN, attempt, paper, answers, insert, COMMIT.
    with django_assert_max_num_queries(10):
        save(candidate, attempt, [item(1, 1, 2), item(2, 1, [0])])


def test_the_room_shows_what_was_saved(candidate, attempt):
    values = [2, [0, 3], False, "１８．７", ["客<b>户"], [2, 0, 1], [None, 1], "一\n二", "<三>"]
    save(candidate, attempt, [item(n, 1, value) for n, value in enumerate(values, 1)])

    html = page(candidate, "exam_room", attempt).content.decode()

    sections = dict(re.findall(r'(?s)<section class="question" data-q="(\d)"(.*?)</section>', html))
    checked = {
        n: re.findall(r'value="(\w+)" checked', text) for n, text in sections.items() if n in "123"
    }
    assert checked == {"1": ["2"], "2": ["0", "3"], "3": ["false"]}
    assert 'value="１８．７"' in sections["4"]
    assert 'value="客&lt;b&gt;户"' in sections["5"]
    assert re.findall(r'data-place="(\d)"', sections["6"]) == ["2", "0", "1"]
    assert re.findall(r'value="(\d)" selected', sections["7"]) == ["1"]
    assert ">一\n二</textarea>" in sections["8"]
    assert ">&lt;三&gt;</textarea>" in sections["9"]


POINTS = {"points": [{"point": "CANARY-POINT", "keywords": ["CANARY-WORD"], "mark": "8"}]}
CANARIES = {
    "single": {"right": 1, "note": "CANARY-NOTE"},
    "numeric": {"value": "1", "tolerance": "0", "note": "CANARY-NOTE"},
    "fill": {"accepted": [["CANARY-ACCEPTED"]]},
    "short": POINTS,
    "case": POINTS,
}


def test_no_page_of_a_candidate_has_a_key(client):
    """Canaries stand in every place that only markers and authors may read."""
    QuestionVersionFactory(stem="CANARY-UNSERVED")
    attempt = AttemptFactory()
    for position, (kind, key) in enumerate(CANARIES.items(), 1):
        version = QuestionVersionFactory(type=kind, key=key, explanation="CANARY-WHY")
        order = list(range(len(version.content.get("options", []))))
        attempt.items.create(position=position, version=version, max_mark=2, option_order=order)
    client.force_login(attempt.candidate)

    bodies = [
        page(client, "exam_room", attempt),
        client.get(reverse("exams:exam_list")),
        save(client, attempt, [item(3, 1, ["x"]), item(5, 1, "一")]),
        client.post(reverse("exams:attempt_submit", args=[attempt.pk]), follow=True),
    ]

    assert [body.status_code for body in bodies] == [200] * 4
    assert [body for body in bodies if b"CANARY" in body.content] == []


def test_the_room_names_no_right_answer_of_any_type(candidate, attempt):
    html = page(candidate, "exam_room", attempt).content.decode()

    assert [
        word for word in ("18.75", "用户", "要点一", '"right"', "tolerance") if word in html
    ] == []


def test_the_room_loads_one_module_and_nothing_foreign(candidate, attempt):
    html = page(candidate, "exam_room", attempt).content.decode()

    assert re.findall(r'<script[^>]*src="([^"]+)"', html) == ["/static/js/exam-room.js"]
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', html) == []
    assert "<script>" not in html
    assert " style=" not in html


def test_the_whole_way_in(client):
    QuestionVersionFactory.create_batch(3)
    admission = AdmissionFactory()
    client.force_login(admission.person)
    lobby = page(client, "exam_lobby", admission)
    start = reverse("exams:attempt_start", args=[admission.pk])

    without = client.post(start)
    started = client.post(start, {"promise": "1"})
    attempt = Attempt.objects.get()

    assert "2" in lobby.content.decode()
    assert without.url == reverse("exams:exam_lobby", args=[admission.pk])
    assert started.url == reverse("exams:exam_room", args=[attempt.pk])
    assert client.post(start, {"promise": "1"}).url == started.url
    assert page(client, "exam_lobby", admission).url == started.url
    assert page(client, "attempt_result", attempt).url == started.url


def test_a_start_too_early_says_so(client):
    sitting = SittingFactory(opens_at=timezone.now() + timedelta(hours=1))
    admission = AdmissionFactory(sitting=sitting)
    client.force_login(admission.person)

    lobby = page(client, "exam_lobby", admission)
    answer = client.post(
        reverse("exams:attempt_start", args=[admission.pk]), {"promise": "1"}, follow=True
    )

    assert "disabled" in lobby.content.decode()
    assert "还没到开考时间" in answer.content.decode()


def test_a_lobby_of_an_exam_without_a_blueprint_still_opens(client):
    admission = AdmissionFactory(sitting__exam__blueprint=[])
    client.force_login(admission.person)

    assert page(client, "exam_lobby", admission).status_code == 200


def test_the_list_says_where_every_exam_stands(client):
    person = UserFactory(roles=["trainee"])
    now = timezone.now()
    opening = [now - timedelta(hours=1), now + timedelta(hours=1), now - timedelta(days=2)]
    for opens_at in opening:
        AdmissionFactory(person=person, sitting=SittingFactory(opens_at=opens_at))
    AttemptFactory(admission__person=person)
    handed_in = AttemptFactory(admission__person=person, types=["single"])
    submit_attempt(attempt_id=handed_in.pk, person=person, at=now)
    waiting = AttemptFactory(admission__person=person, types=["short"])
    Response.objects.create(attempt=waiting, position=1, seq=1, value="答", saved_at=now)
    submit_attempt(attempt_id=waiting.pk, person=person, at=now)
    client.force_login(person)

    cards = client.get(reverse("exams:exam_list")).context["cards"]

    assert sorted(card["state"] for card in cards) == sorted(
        ["resume", "open", "soon", "marked", "submitted", "missed"]
    )
    assert [card["state"] for card in cards][:3] == ["resume", "open", "soon"]


def test_handing_in_shows_the_result(candidate, attempt):
    save(candidate, attempt, [item(1, 1, 1), item(8, 1, "答")])

    answer = candidate.post(reverse("exams:attempt_submit", args=[attempt.pk]), follow=True)
    html = answer.content.decode()

    assert answer.redirect_chain[-1][0] == reverse("exams:attempt_result", args=[attempt.pk])
    assert "还有 1 道简答或案例等人工评分" in html


def test_the_result_shows_the_score_once_marked(candidate, attempt):
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=timezone.now())

    html = page(candidate, "attempt_result", attempt).content.decode()

    assert '<b class="num">0.00</b>' in html


def test_the_result_page_closes_what_is_over(candidate, attempt):
    past = timezone.now() - timedelta(hours=3)
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=past, deadline=past + timedelta(hours=1)
    )

    html = page(candidate, "attempt_result", attempt).content.decode()

    assert "到时自动交卷" in html


def test_the_beat_task_closes_what_is_over(attempt):
    past = timezone.now() - timedelta(hours=3)
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=past, deadline=past + timedelta(hours=1)
    )

    close_overdue.run()

    assert Attempt.objects.get().auto_submitted is True


def test_the_clock_is_the_servers(candidate):
    assert set(candidate.get(reverse("exams:server_clock")).json()) == {"server_now"}


# ---- the marking desk ---------------------------------------------------------------------


@pytest.fixture
def written():
    attempt = AttemptFactory(types=["case"])
    Response.objects.create(
        attempt=attempt, position=1, seq=1, value="我的<b>回答", saved_at=timezone.now()
    )
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=timezone.now())
    return attempt.items.get()


@pytest.fixture
def grader(client):
    user = UserFactory(roles=["grader"])
    client.force_login(user)
    return client


def test_the_desk_is_blind(grader, written):
    desk = page(grader, "item_mark", written).content.decode()
    queue = grader.get(reverse("exams:marking_queue")).content.decode()

    candidate = written.attempt.candidate
    assert "我的&lt;b&gt;回答" in desk
    assert [t for t in (candidate.name, candidate.number) if t in desk + queue] == []


def test_giving_a_mark_goes_on_to_the_next(grader, written):
    other = AttemptFactory(types=["case"])
    Response.objects.create(attempt=other, position=1, seq=1, value="二", saved_at=timezone.now())
    submit_attempt(attempt_id=other.pk, person=other.candidate, at=timezone.now())
    url = reverse("exams:item_mark", args=[written.pk])

    answer = grader.post(url, {"point_0": "6", "point_1": "2.5", "comment": "好"})
    following = grader.post(answer.url, {"point_0": "0", "point_1": "0"})

    assert answer.url == reverse("exams:item_mark", args=[other.items.get().pk])
    assert following.url == reverse("exams:marking_queue")
    assert ItemMark.objects.get(attempt=written.attempt).points == ["6", "2.5"]


@pytest.mark.parametrize(
    "data", [{}, {"point_0": "7", "point_1": "0"}, {"point_0": "-1", "point_1": "x"}]
)
def test_points_that_cannot_be_are_named_and_kept(grader, written, data):
    answer = grader.post(
        reverse("exams:item_mark", args=[written.pk]), {**data, "comment": "写下的评语"}
    )

    html = answer.content.decode()
    assert (answer.status_code, ItemMark.objects.count()) == (200, 0)
    assert 'role="alert"' in html
    assert "写下的评语" in html


def test_an_answer_in_other_hands_sends_back_to_the_queue(client, grader, written):
    page(grader, "item_mark", written)
    client.force_login(UserFactory(roles=["trainer"]))

    answer = client.get(reverse("exams:item_mark", args=[written.pk]), follow=True)

    assert "另一位考评员正在评这份" in answer.content.decode()
    assert page(client, "item_mark", written).status_code == 302


def test_an_answer_can_be_given_back(client, grader, written):
    page(grader, "item_mark", written)
    grader.post(reverse("exams:item_release", args=[written.pk]))
    client.force_login(UserFactory(roles=["trainer"]))

    assert page(client, "item_mark", written).status_code == 200


@pytest.mark.parametrize(
    ("type", "value"),
    [("short", "好\ud83d"), ("fill", ["\ude00"]), ("numeric", "1\ud83d"), ("case", "\ud800")],
)
def test_half_an_emoji_holds_up_no_answer_and_no_page(client, type, value):
    attempt = AttemptFactory(types=[type])
    client.force_login(attempt.candidate)

    answer = save(client, attempt, [item(1, 1, value)])

    assert answer.status_code == 200
    assert "\ufffd" in str(Response.objects.get().value)
    assert page(client, "exam_room", attempt).status_code == 200


def test_a_form_in_place_of_answers_is_refused(attempt):
    """The check of the token has read a form before the view asks for the body."""
    client, token = Client(enforce_csrf_checks=True), "a" * 32
    client.force_login(attempt.candidate)
    client.cookies[settings.CSRF_COOKIE_NAME] = token

    answer = client.post(
        reverse("exams:responses_save", args=[attempt.pk]),
        {"items": "1"},
        headers={"X-CSRFToken": token},
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
