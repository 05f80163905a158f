from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.models import Assessment
from exams.services import (
    approve_assessment,
    finish_marking,
    give_component_mark,
    submit_assessment,
)
from exams.services.schemes import DEFAULT
from exams.views.sheets import exact_text, label, sheet_of
from tests.factories.exams_practical import (
    AssessmentFactory,
    AssignmentFactory,
    SubmissionFactory,
    choices,
    ready_assessment,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
LIST = "exams:result_list"


def signed_in(client, *roles):
    person = UserFactory(roles=list(roles))
    client.force_login(person)
    return person


def words(answer):
    return answer.content.decode()


def submitted(at, **kwargs):
    officer = UserFactory(roles=["officer"])
    return submit_assessment(assessment_id=ready_assessment(**kwargs).pk, by=officer, at=at)


def approved(at, **kwargs):
    approver = UserFactory(roles=["approver"])
    return approve_assessment(assessment_id=submitted(at, **kwargs).pk, by=approver, at=at)


def test_an_officer_submits_the_picked_and_is_told_which_are_refused(client):
    signed_in(client, "officer")
    good, bad = ready_assessment(), AssessmentFactory()

    answer = client.post(
        reverse("exams:result_bulk"),
        {"action": "submit", "pick": [good.pk, bad.pk, "x"]},
        follow=True,
    )

    assert bad.person.name in words(answer)
    states = dict(Assessment.objects.values_list("pk", "state"))
    assert states == {good.pk: "submitted", bad.pk: "open"}


def test_bulk_without_a_pick_or_action_says_so(client):
    signed_in(client, "officer")

    answer = client.post(reverse("exams:result_bulk"), {"action": "submit"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse(LIST)


def test_an_approver_approves_the_picked_but_not_through_the_officers_action(client, at):
    signed_in(client, "approver")
    row = submitted(at)

    client.post(reverse("exams:result_bulk"), {"action": "submit", "pick": [row.pk]})
    client.post(reverse("exams:result_bulk"), {"action": "approve", "pick": [row.pk]})

    row.refresh_from_db()
    assert row.state == "approved"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=all", 3),
        ("?state=ready", 1),
        ("?state=open", 1),
        ("?state=all&verdict=passed", 1),
        ("?state=all&verdict=failed", 1),
        ("?state=all&verdict=odd", 3),
        ("?state=all&q=zhang", 0),
        ("?state=all&page=99", 3),
        ("", 1),
    ],
)
def test_filters(client, at, query, found):
    signed_in(client, "officer")
    AssessmentFactory()
    ready_assessment()
    approved(at, theory=20)

    assert len(client.get(reverse(LIST) + query).context["rows"]) == found


def test_a_detail_shows_sums_floors_evidence_and_history(client, at):
    signed_in(client, "auditor")
    row = submitted(at, theory=86, tasks=(78,), showcase=78, process=90)

    shown = words(client.get(reverse("exams:result_detail", args=[row.pk])))

    for text in ("34.40 + 31.20 + 18.00 = 83.60", "86.00 × 40% = 34.40",
                 "training.processevidence:1"):  # fmt: skip
        assert text in shown
    assert reverse("exams:result_approve", args=[row.pk]) not in shown


def test_the_rubric_with_its_comments_is_shown_and_markers_only_to_the_office(client, at):
    row = AssessmentFactory(title="班")
    submission = SubmissionFactory(assignment__person=row.person, assignment__context=row.context)
    marker = UserFactory(roles=["grader"], name="程考评")
    finish_marking(
        submission_id=submission.pk, by=marker, levels=choices(1, 3, comment="缺少口径"),
        comment="总体可用", revision=0, at=at,
    )  # fmt: skip
    AssignmentFactory(person=row.person, context=row.context)
    trainer = UserFactory(roles=["trainer"])
    for item in ("showcase", *DEFAULT["process_items"]):
        give_component_mark(
            assessment=row, component="showcase" if item == "showcase" else "process", item=item,
            points=Fraction(90), evidence="somewhere.proof:1", by=trainer, at=at,
        )  # fmt: skip

    signed_in(client, "officer")
    office = words(client.get(reverse("exams:result_detail", args=[row.pk])))

    assert "缺少口径" in office
    assert "程考评" in office
    client.force_login(row.person)
    assert "缺少口径" not in own(client, row)


def test_ones_own_approved_result_shows_comments_without_the_markers_name(client, at):
    row = ready_assessment(tasks=())
    submission = SubmissionFactory(assignment__person=row.person, assignment__context=row.context)
    marker = UserFactory(roles=["grader"], name="程考评")
    finish_marking(
        submission_id=submission.pk, by=marker, levels=choices(1, 3, comment="缺少口径"),
        comment="总体可用", revision=0, at=at,
    )  # fmt: skip
    submit_assessment(assessment_id=row.pk, by=UserFactory(roles=["officer"]), at=at)
    approve_assessment(assessment_id=row.pk, by=UserFactory(roles=["approver"]), at=at)

    shown = own(client, row)

    assert "缺少口径" in shown
    assert "总体可用" in shown
    assert "程考评" not in shown


def test_a_refusal_is_said_and_changes_nothing(client, at):
    signed_in(client, "approver")
    row = submitted(at)

    answer = client.post(reverse("exams:result_return", args=[row.pk]), {"reason": " "})
    assert answer.status_code == 200
    client.post(reverse("exams:result_approve", args=[row.pk]))
    again = client.post(reverse("exams:result_approve", args=[row.pk]), follow=True)

    assert again.status_code == 200
    assert Assessment.objects.get().state == "approved"


def test_who_submitted_sees_why_approving_is_not_offered(client, at):
    person = signed_in(client, "officer", "approver")
    row = submit_assessment(assessment_id=ready_assessment().pk, by=person, at=at)

    shown = words(client.get(reverse("exams:result_detail", args=[row.pk])))

    assert reverse("exams:result_approve", args=[row.pk]) not in shown
    assert reverse("exams:result_return", args=[row.pk]) in shown


def own(client, row):
    client.force_login(row.person)
    return words(client.get(reverse("exams:own_result_detail", args=[row.pk])))


def test_ones_own_result_shows_verdict_first_and_the_sums(client, at):
    shown = own(client, approved(at))

    assert "verdict-pass" in shown
    assert "83.60" in shown
    assert "86.00 × 40% = 34.40" in shown
    assert shown.index("verdict-pass") < shown.index("86.00 × 40%")


def test_59_995_is_shown_as_59_99_and_why(client, at):
    row = approved(at, theory=60, tasks=(60,), showcase=60, process=Fraction("59.975"))

    shown = own(client, row)

    assert "verdict-fail" in shown
    assert '<b class="num">59.99</b>' in shown
    assert "24.00 + 24.00 + 11.995 = 59.995" in shown
    assert "60.00</b></p>" not in shown.partition("verdict-score")[2][:120]


def test_no_figure_before_approval(client, at):
    row = submitted(at)

    shown = own(client, row)

    assert "83.60" not in shown
    assert "86.00" not in shown
    listed = words(client.get(reverse("exams:own_result_list")))
    assert "83.60" not in listed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(60), "60.00"),
        (Fraction("59.995"), "59.995"),
        (Fraction("0.123456"), "0.123456"),
        (Fraction(200, 3), "≈66.6667"),
    ],
)
def test_exact_text(value, text):
    assert exact_text(value) == text


def test_an_endless_value_is_never_printed_as_reaching_a_line_it_misses():
    line = Fraction(60)

    assert exact_text(line - Fraction(1, 300_000), line=line) == "≈59.999997"
    assert exact_text(line + Fraction(1, 300_000), line=line) == "≈60.0000"
    assert exact_text(Fraction(200, 3), line=line) == "≈66.6667"


@pytest.mark.parametrize("pick", ["²", "9" * 5000, str(10**30), "x"])
def test_a_pick_that_is_no_number_picks_nothing(client, pick):
    signed_in(client, "officer")

    answer = client.post(reverse("exams:result_bulk"), {"action": "submit", "pick": [pick]})

    assert answer.status_code == 302


@pytest.mark.parametrize("query", [{"q": "a\x00b"}, {"owner": "1"}])
def test_a_filter_that_cannot_be_is_refused(client, query):
    signed_in(client, "officer")

    assert client.get(reverse(LIST), query).status_code == 400


def test_a_reason_is_kept_without_nul(client, at):
    row = submitted(at)
    signed_in(client, "approver")

    client.post(reverse("exams:result_return", args=[row.pk]), {"reason": "缺\x00签到表"})

    row.refresh_from_db()
    assert row.return_reason == "缺签到表"


def test_labels_and_missing_parts():
    sheet = sheet_of(fresh())

    assert label("later_item") == "later_item"
    assert (sheet.total, sheet.passed) == (None, False)
    assert len(sheet.missing) == 3


def fresh():
    from exams.services import refresh_assessment

    return refresh_assessment(assessment_id=AssessmentFactory().pk, at=timezone.now())


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_lists_ask_as_often_for_three_rows_as_for_one(client, django_assert_max_num_queries):
    signed_in(client, "officer")
    url = reverse(LIST) + "?state=all"
    fresh()
    one = queries(client, url, django_assert_max_num_queries)
    fresh()
    fresh()

    assert queries(client, url, django_assert_max_num_queries) == one
