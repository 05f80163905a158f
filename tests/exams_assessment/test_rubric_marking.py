import datetime

import pytest
from django.db import IntegrityError, transaction

from exams.models import RubricMarking, Submission, SubmissionLease
from exams.queries.marking import open_to, queue_row
from exams.services import (
    claim_submission,
    finish_marking,
    release_submission,
    return_submission,
    save_marking,
)
from exams.services.rubric_marking import UnfinishedMarking
from people.models import Profile
from tests.factories.exams_practical import SubmissionFactory, choices
from tests.factories.people import UserFactory
from tests.refusals import refused

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def finish(submission, marker, at, *levels, revision=0, **kwargs):
    return finish_marking(
        submission_id=submission.pk, by=marker, levels=choices(*levels, **kwargs),
        comment="", revision=revision, at=at,
    )  # fmt: skip


def state(submission, marker, at):
    return queue_row(submission, marker, at).state


def test_a_claim_holds_for_twenty_minutes_and_others_are_told(submission, grader, at):
    other = UserFactory(roles=["grader"])

    marking = claim_submission(submission_id=submission.pk, by=grader, at=at)

    assert (marking.position, marking.state) == (1, "draft")
    assert SubmissionLease.objects.get().expires_at == at + 20 * MINUTE
    refused("held", claim_submission, submission_id=submission.pk, by=other, at=at + 19 * MINUTE)
    row = queue_row(submission, other, at + 19 * MINUTE)
    assert (row.state, row.held_by) == ("held", grader.name)


def test_a_claim_that_ran_out_is_taken_over_and_the_draft_is_kept(submission, grader, at):
    other, late = UserFactory(roles=["grader"]), at + 21 * MINUTE
    claim_submission(submission_id=submission.pk, by=grader, at=at)
    save_marking(
        submission_id=submission.pk, by=grader, levels=choices(1), comment="半", revision=0, at=at
    )

    claim_submission(submission_id=submission.pk, by=other, at=late)
    refused("lease_lost", finish, submission, grader, late, 1, 1, revision=1)

    mine = RubricMarking.objects.get(marker=grader)
    assert (mine.state, mine.revision, mine.levels["c2"]["level"]) == ("draft", 2, 1)
    assert state(submission, grader, late) == "held"


def test_saving_renews_the_hold(submission, grader, at):
    claim_submission(submission_id=submission.pk, by=grader, at=at)

    save_marking(
        submission_id=submission.pk, by=grader, levels={}, comment="", revision=0, at=at + MINUTE
    )

    assert SubmissionLease.objects.get().expires_at == at + 21 * MINUTE


def test_a_released_submission_is_free_at_once(submission, grader, at):
    other = UserFactory(roles=["grader"])
    claim_submission(submission_id=submission.pk, by=grader, at=at)

    release_submission(submission_id=submission.pk, by=grader, at=at)

    assert claim_submission(submission_id=submission.pk, by=other, at=at).position == 1


def test_two_windows_do_not_overwrite_each_other(submission, grader, at):
    args = {"submission_id": submission.pk, "by": grader, "comment": "", "at": at}
    save_marking(levels=choices(0), revision=0, **args)

    refused("stale", save_marking, levels=choices(3), revision=0, **args)

    assert RubricMarking.objects.get().levels["c1"]["level"] == 0


def test_finishing_gives_the_exact_score_once(submission, grader, at):
    marking = finish(submission, grader, at, 1, 2)

    submission.refresh_from_db()
    assert (marking.points, submission.score, submission.state) == (72, 72, "marked")
    assert submission.leases.count() == 0
    refused("final", finish, submission, grader, at, 0, 0)
    refused("marked", claim_submission, submission_id=submission.pk, by=grader, at=at)
    assert state(submission, grader, at) == "done"


def test_an_unfinished_marking_names_the_criteria_and_keeps_the_draft(submission, grader, at):
    with pytest.raises(UnfinishedMarking) as refusal:
        finish(submission, grader, at, 3, comment="")

    assert [(f.key, f.code) for f in refusal.value.faults] == [
        ("c1", "comment_required"), ("c2", "level_missing"),
    ]  # fmt: skip
    assert RubricMarking.objects.get().revision == 1


def test_a_submission_marked_by_another_keeps_the_draft_and_says_so(submission, grader, at):
    other, late = UserFactory(roles=["grader"]), at + 21 * MINUTE
    claim_submission(submission_id=submission.pk, by=grader, at=at)
    finish(submission, other, late, 0, 0)

    refused("lease_lost", finish, submission, grader, late, 1, 1)

    assert RubricMarking.objects.get(marker=grader).revision == 1
    submission = Submission.objects.get()
    assert (submission.score, state(submission, grader, late)) == (100, "done")


@pytest.mark.parametrize("role", ["trainee", "hr", "officer"])
def test_only_graders_and_trainers_mark(submission, at, role):
    refused(
        "not_found", claim_submission,
        submission_id=submission.pk, by=UserFactory(roles=[role]), at=at,
    )  # fmt: skip


def test_nobody_marks_themselves(at):
    marker = UserFactory(roles=["grader", "trainee"])
    submission = SubmissionFactory(assignment__person=marker)

    refused("not_found", claim_submission, submission_id=submission.pk, by=marker, at=at)


def test_nobody_marks_their_supervisor_or_subordinate(submission, grader, at):
    person = submission.assignment.person
    profile = Profile.objects.create(user=person, supervisor=grader)
    refused("not_found", claim_submission, submission_id=submission.pk, by=grader, at=at)

    profile.supervisor = None
    profile.save()
    Profile.objects.create(user=grader, supervisor=person)
    refused("not_found", claim_submission, submission_id=submission.pk, by=grader, at=at)


def test_trainers_kept_out_do_not_even_see_it(at):
    trainer, stranger = UserFactory(roles=["trainer"]), UserFactory(roles=["trainer"])
    submission = SubmissionFactory(assignment__excluded=[trainer])

    refused("not_found", claim_submission, submission_id=submission.pk, by=trainer, at=at)
    assert list(open_to(trainer)) == []
    assert list(open_to(stranger)) == [submission]


def test_two_markers_agree_and_their_mean_stands(at):
    submission = SubmissionFactory(assignment__markers=2)
    first, second = UserFactory(roles=["grader"]), UserFactory(roles=["grader"])

    claim_submission(submission_id=submission.pk, by=first, at=at)
    assert claim_submission(submission_id=submission.pk, by=second, at=at).position == 2
    finish(submission, first, at, 0, 0)
    submission.refresh_from_db()
    assert (submission.state, submission.score) == ("handed_in", None)
    assert list(open_to(first)) == []
    finish(submission, second, at, 0, 1)

    submission.refresh_from_db()
    assert (submission.state, submission.score) == ("marked", 96)


def test_two_markers_who_differ_by_more_than_15_need_a_third(at):
    submission = SubmissionFactory(assignment__markers=2)
    first, second, third = (UserFactory(roles=["grader"]) for _i in range(3))
    finish(submission, first, at, 0, 0)
    finish(submission, second, at, 2, 2)
    assert Submission.objects.get().score is None

    marking = finish(submission, third, at, 1, 1)

    assert marking.position == 3
    assert Submission.objects.get().score == 80


def test_work_is_sent_back_with_a_reason(submission, grader, at):
    args = {"submission_id": submission.pk, "by": grader, "at": at}
    refused("reason", return_submission, reason=" ", **args)

    return_submission(reason="缺定价表", **args)

    submission.refresh_from_db()
    assert (submission.state, submission.return_reason) == ("returned", "缺定价表")
    refused("not_found", return_submission, reason="再退", **args)


def test_marked_work_is_not_sent_back(submission, grader, at):
    finish(submission, grader, at, 0, 0)

    refused("marked", return_submission, submission_id=submission.pk, by=grader, reason="x", at=at)


def test_a_place_is_final_once(submission, grader, at):
    finish(submission, grader, at, 0, 0)

    with pytest.raises(IntegrityError), transaction.atomic():
        RubricMarking.objects.create(
            submission=submission, marker=UserFactory(), position=1, state="final", saved_at=at,
            final_at=at, points_numerator=1, points_denominator=1,
        )  # fmt: skip


def test_a_final_marking_has_points(submission, grader, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        RubricMarking.objects.create(
            submission=submission, marker=grader, position=1, state="final",
            saved_at=at, final_at=at,
        )  # fmt: skip


def test_a_claim_again_finds_the_draft(submission, grader, at):
    save_marking(
        submission_id=submission.pk, by=grader, levels=choices(2), comment="", revision=0, at=at
    )

    marking = claim_submission(submission_id=submission.pk, by=grader, at=at + 30 * MINUTE)

    assert marking.levels["c1"]["level"] == 2
    assert RubricMarking.objects.count() == 1


def test_the_row_of_what_others_finished_is_done(submission, grader, at):
    other = UserFactory(roles=["grader"])
    RubricMarking.objects.create(
        submission=submission, marker=other, position=1, state="final", saved_at=at, final_at=at,
        points_numerator=70, points_denominator=1,
    )  # fmt: skip
    assert state(submission, grader, at) == "done"

    finished = SubmissionFactory()
    finish(finished, other, at, 0, 0)
    finished.refresh_from_db()
    assert state(finished, grader, at) == "done"


def test_an_own_or_expired_hold_is_nobody_elses(submission, grader, at):
    other = UserFactory(roles=["grader"])
    claim_submission(submission_id=submission.pk, by=other, at=at - 30 * MINUTE)

    assert state(submission, grader, at) == "waiting"
    claim_submission(submission_id=submission.pk, by=grader, at=at)
    assert state(submission, grader, at) == "draft"
