import datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from exams.models import RubricMarking, Submission, SubmissionFile
from exams.services import claim_submission
from tests.factories.exams_practical import SubmissionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def marker(grader, client):
    client.force_login(grader)
    return client


def desk(submission):
    return reverse("exams:practical_grade", args=[submission.pk])


def post(client, submission, *, action="finish", revision=0, **kwargs):
    data = {"level-c1": "1", "level-c2": "1", "revision": str(revision), "action": action}
    return client.post(desk(submission), {**data, **kwargs}, follow=True)


def words(answer):
    return answer.content.decode()


def test_a_marker_claims_marks_and_is_led_to_the_next(marker, grader):
    first, second = SubmissionFactory(), SubmissionFactory()

    answer = marker.post(reverse("exams:practical_next"), follow=True)
    assert answer.redirect_chain[-1][0] == desk(first)
    answer = post(marker, first)

    assert answer.redirect_chain[-1][0] == desk(second)
    assert Submission.objects.get(pk=first.pk).score == 80
    answer = post(marker, second)
    assert answer.redirect_chain[-1][0] == reverse("exams:practical_queue")


def test_the_desk_is_blind(marker, submission):
    person = submission.assignment.person

    shown = words(marker.get(desk(submission)))

    assert submission.code in shown
    assert person.name not in shown
    assert person.number not in shown
    assert "参考要点-不得外传" in shown


def test_what_is_missing_is_named_and_what_was_typed_stays(marker, submission, grader):
    claim_submission(submission_id=submission.pk, by=grader, at=timezone.now())

    answer = post(marker, submission, **{"level-c2": "3", "comment-c1": "成本口径"})

    shown = words(answer)
    assert 'id="f-c2"' in shown
    assert "成本口径" in shown
    assert RubricMarking.objects.get().levels["c1"]["comment"] == "成本口径"
    assert Submission.objects.get().state == "handed_in"


@pytest.mark.parametrize("level", ["x", "-1", "９", "1.5", "99999999999", ""])
def test_a_level_that_is_no_level_is_not_marked(marker, submission, grader, level):
    claim_submission(submission_id=submission.pk, by=grader, at=timezone.now())

    answer = post(marker, submission, **{"level-c1": level})

    assert answer.status_code == 200
    assert 'id="f-c1"' in words(answer)


def test_the_draft_is_saved_in_the_background(marker, submission, grader):
    claim_submission(submission_id=submission.pk, by=grader, at=timezone.now())
    data = {"level-c1": "1", "revision": "0", "action": "draft"}

    good = marker.post(desk(submission), data, **JSON)
    stale = marker.post(desk(submission), data, **JSON)

    assert (good.status_code, good.json()["revision"]) == (200, 1)
    assert good.json()["lease_seconds"] == 1200
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


def test_saving_by_hand_comes_back_to_the_desk(marker, submission):
    answer = post(marker, submission, action="draft")

    assert answer.redirect_chain[-1][0] == desk(submission)


def test_a_lost_hold_keeps_the_draft_and_says_so(marker, submission, grader):
    early = timezone.now() - datetime.timedelta(minutes=21)
    claim_submission(submission_id=submission.pk, by=grader, at=early)
    assert reverse("exams:practical_claim", args=[submission.pk]) in words(
        marker.get(desk(submission))
    )
    claim_submission(
        submission_id=submission.pk, by=UserFactory(roles=["grader"]), at=timezone.now()
    )

    answer = post(marker, submission, comment="我的草稿")

    assert "我的草稿" in words(answer)
    assert RubricMarking.objects.get(marker=grader).comment == "我的草稿"
    held = marker.post(reverse("exams:practical_claim", args=[submission.pk]), follow=True)
    assert held.redirect_chain[-1][0] == desk(submission)
    queue = words(marker.get(reverse("exams:practical_queue") + "?state=held"))
    assert submission.code in queue


def test_giving_up_and_sending_back(marker, submission, grader):
    marker.post(reverse("exams:practical_claim", args=[submission.pk]))
    marker.post(reverse("exams:practical_release", args=[submission.pk]))
    back = reverse("exams:practical_return", args=[submission.pk])
    refused = marker.post(back, {"reason": ""}, follow=True)
    assert refused.redirect_chain[-1][0] == desk(submission)

    marker.post(back, {"reason": "缺定价表"})

    assert Submission.objects.get().state == "returned"


def test_a_finished_and_a_closed_submission_are_shown_without_buttons(marker, submission):
    post(marker, submission)

    shown = words(marker.get(desk(submission)))

    assert 'value="finish"' not in shown
    other = SubmissionFactory(state="marked", marked_at=timezone.now(), score_numerator=70,
                              score_denominator=1)  # fmt: skip
    assert 'value="finish"' not in words(marker.get(desk(other)))


def test_previews_and_comments_are_inert(marker, submission):
    SubmissionFile.objects.create(
        submission=submission, name="<b>a.csv", kind="csv", file="x", sha256="0", size=1,
        preview=[["<script>alert(1)</script>", "=cmd()"]], uploaded_at=timezone.now(),
    )  # fmt: skip

    shown = words(marker.get(desk(submission)))

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_marker_sees_a_code_in_place_of_the_name_a_person_gave_a_file(marker, submission):
    file = SubmissionFile.objects.create(
        submission=submission, name="陈晓岚-JX00001.csv", kind="csv",
        file=ContentFile(b"a,b", name="x.csv"), sha256="0", size=3, uploaded_at=timezone.now(),
    )  # fmt: skip

    shown = words(marker.get(desk(submission)))
    download = marker.get(reverse("exams:practical_file", args=[file.pk]))

    assert "陈晓岚" not in shown
    assert f"{submission.code}-{file.pk}.csv" in shown
    assert f"{submission.code}-{file.pk}.csv" in download["Content-Disposition"]
    assert b"".join(download) == b"a,b"


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("name", ["queue", "desk"])
def test_the_queue_asks_as_often_for_three_rows_as_for_one(
    marker, submission, name, django_assert_max_num_queries
):
    url = desk(submission) if name == "desk" else reverse("exams:practical_queue") + "?state=all"
    one = queries(marker, url, django_assert_max_num_queries)
    for _i in range(2):
        SubmissionFactory()

    assert queries(marker, url, django_assert_max_num_queries) == one


def test_comments_are_kept_without_nul(marker, submission, grader):
    claim_submission(submission_id=submission.pk, by=grader, at=timezone.now())
    texts = {"comment": "总\x00评", "comment-c1": "结\x00构"}

    post(marker, submission, action="draft", **texts)

    marking = RubricMarking.objects.get()
    assert (marking.comment, marking.levels["c1"]["comment"]) == ("总评", "结构")
