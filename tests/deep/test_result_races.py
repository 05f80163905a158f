"""Two people at once: one result, one claim, one hand-in. Real threads on a real database file."""

from decimal import Decimal
from functools import partial

import pytest

from certificates.models import Certificate
from certificates.services import issue_certificate
from exams.models import RubricMarking, Submission, SubmissionLease
from exams.services import (
    ExamError,
    approve_assessment,
    claim_submission,
    finish_marking,
    hand_in_submission,
    save_submission,
    submit_assessment,
)
from exams.signals import assessment_approved
from tests.deep import threads
from tests.factories.certificates import make_pass
from tests.factories.exams_practical import (
    AT,
    AssignmentFactory,
    SubmissionFactory,
    choices,
    ready_assessment,
)
from tests.factories.people import UserFactory
from tests.factories.training import instant, person_of_age, place_in, ready_class
from training.errors import TrainingError
from training.models import Enrolment, ProcessEvidence
from training.services import create_class, enrol_people, open_class, record_process_mark

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
at_once = partial(threads.at_once, told=(ExamError, TrainingError))


def test_two_approvers_at_once_send_one_signal():
    officer = UserFactory(roles=["officer"])
    approvers = [UserFactory(roles=["approver"]) for _i in range(8)]
    row = submit_assessment(assessment_id=ready_assessment().pk, by=officer, at=AT)
    heard = []

    def hear(sender, assessment, at, **kwargs):
        heard.append(assessment.approved_by_id)

    assessment_approved.connect(hear)
    results = at_once(
        [lambda by=by: approve_assessment(assessment_id=row.pk, by=by, at=AT) for by in approvers]
    )
    assessment_approved.disconnect(hear)

    row.refresh_from_db()
    assert results.count("state") == 7
    assert heard == [row.approved_by_id]


def test_eight_markers_at_once_get_one_hold():
    submission = SubmissionFactory()
    markers = [UserFactory(roles=["grader"]) for _i in range(8)]

    results = at_once(
        [
            lambda by=by: claim_submission(submission_id=submission.pk, by=by, at=AT)
            for by in markers
        ]
    )

    assert results.count("held") == 7
    assert SubmissionLease.objects.count() == 1


def test_two_windows_of_a_marker_finish_once():
    submission, marker = SubmissionFactory(), UserFactory(roles=["grader"])
    finish = {"submission_id": submission.pk, "by": marker, "comment": "", "revision": 0, "at": AT}

    results = at_once([lambda: finish_marking(levels=choices(0, 0), **finish)] * 4)

    assert sum(isinstance(result, RubricMarking) for result in results) == 1
    assert Submission.objects.get().score == 100


def test_fifty_hand_ins_at_once_leave_one_submission():
    task = AssignmentFactory()
    save_submission(assignment_id=task.pk, person=task.person, text="结论", at=AT)

    results = at_once(
        [lambda: hand_in_submission(assignment_id=task.pk, person=task.person, at=AT)] * 50
    )

    assert {result.pk for result in results} == {Submission.objects.get().pk}


def test_a_sheet_posted_twice_at_once_leaves_one_mark():
    made = ready_class()
    place = place_in(made)

    results = at_once(
        [
            lambda: record_process_mark(
                enrolment=place, activity_code="CP-1", points=Decimal(2), by=made.t,
                at=instant(1, "11:00"),
            )
        ] * 8
    )  # fmt: skip

    assert len(set(results)) == 1
    assert ProcessEvidence.objects.count() == 1


def test_two_officers_issue_what_is_missing_once():
    assessment = make_pass()

    results = at_once([lambda: issue_certificate(assessment=assessment, at=AT)] * 8)

    assert len(set(results)) == 1
    assert Certificate.objects.count() == 1


def test_two_classes_of_a_programme_enrol_somebody_once():
    first, person = ready_class(), person_of_age(30)
    second = create_class(
        programme=first.programme, code="C-2", name="集训班", opens_on=first.opens_on,
        trainers=[first.t], capacity=3, by=first.hr, at=instant(-7),
    )  # fmt: skip
    second = open_class(training_class=second, by=first.hr, at=instant(-6))

    results = at_once(
        [
            lambda into=into: enrol_people(
                training_class=into, people=[person], by=first.hr, at=instant(-5)
            )
            for into in (first, second)
        ]
    )

    assert results.count("people_refused") == 1
    assert Enrolment.objects.filter(person=person).count() == 1
