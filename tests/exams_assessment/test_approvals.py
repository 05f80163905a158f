from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from exams.models import (
    Assessment,
    ComponentMark,
    FrozenRowError,
    Submission,
)
from exams.services import (
    approve_assessment,
    refresh_assessment,
    return_assessment,
    submit_assessment,
)
from exams.signals import assessment_approved
from tests.factories.exams_practical import (
    AssessmentFactory,
    give_mark,
    ready_assessment,
)
from tests.factories.people import UserFactory
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver():
    return UserFactory(roles=["approver"])


@pytest.fixture
def heard():
    calls = []

    def receiver(sender, assessment, at, **kwargs):
        calls.append((assessment.pk, transaction.get_connection().in_atomic_block))

    assessment_approved.connect(receiver)
    yield calls
    assessment_approved.disconnect(receiver)


def test_submitting_freezes_the_inputs(at, officer):
    assessment = ready_assessment()

    done = submit_assessment(assessment_id=assessment.pk, by=officer, at=at)

    assert (done.state, done.submitted_by, done.submitted_at) == ("submitted", officer, at)
    refused("closed", give_mark, assessment=assessment, at=at)
    refused("state", submit_assessment, assessment_id=assessment.pk, by=officer, at=at)
    assert refresh_assessment(assessment_id=assessment.pk, at=at).computed_at == done.computed_at


@pytest.mark.parametrize("role", ["approver", "trainee", "hr", "grader"])
def test_only_officers_submit(at, role):
    assessment = ready_assessment()

    refused("not_found", submit_assessment, assessment_id=assessment.pk,
            by=UserFactory(roles=[role]), at=at)  # fmt: skip


def test_submitting_what_is_missing_or_own_or_absent_is_refused(at, officer):
    own = ready_assessment(person=UserFactory(roles=["officer"]))

    refused("state", submit_assessment, assessment_id=AssessmentFactory().pk, by=officer, at=at)
    refused("own", submit_assessment, assessment_id=own.pk, by=own.person, at=at)
    refused("not_found", submit_assessment, assessment_id=0, by=officer, at=at)


def submitted(at, officer, **kwargs):
    assessment = ready_assessment(**kwargs)
    return submit_assessment(assessment_id=assessment.pk, by=officer, at=at)


def test_approving_announces_once_inside_the_transaction(at, officer, approver, heard):
    assessment = submitted(at, officer)

    done = approve_assessment(assessment_id=assessment.pk, by=approver, at=at)

    assert (done.state, done.approved_by, done.approved_at) == ("approved", approver, at)
    assert heard == [(assessment.pk, True)]
    refused("state", approve_assessment, assessment_id=assessment.pk, by=approver, at=at)
    assert heard == [(assessment.pk, True)]
    assert AuditRow.objects.get(action="exams.assessment_approved").detail["total"] == "418/5"


def test_a_failed_result_is_approved_too(at, officer, approver, heard):
    assessment = submitted(at, officer, theory=30)

    done = approve_assessment(assessment_id=assessment.pk, by=approver, at=at)

    assert (done.passed, len(heard)) == (False, 1)


def test_approving_fails_whole_when_a_receiver_fails(at, officer, approver):
    assessment = submitted(at, officer)

    def breaks(sender, **kwargs):
        raise RuntimeError("no certificate today")

    assessment_approved.connect(breaks)
    with pytest.raises(RuntimeError):
        approve_assessment(assessment_id=assessment.pk, by=approver, at=at)
    assessment_approved.disconnect(breaks)

    assessment.refresh_from_db()
    assert (assessment.state, assessment.approved_by) == ("submitted", None)


def test_nobody_approves_what_they_submitted_or_their_own(at, approver):
    both = UserFactory(roles=["officer", "approver"])
    assessment = submitted(at, both)
    own = submitted(at, both, person=approver)

    refused("same_person", approve_assessment, assessment_id=assessment.pk, by=both, at=at)
    refused("own", approve_assessment, assessment_id=own.pk, by=approver, at=at)


@pytest.mark.parametrize("role", ["officer", "trainee", "administrator"])
def test_only_approvers_approve_and_return(at, officer, role):
    assessment, person = submitted(at, officer), UserFactory(roles=[role])

    refused("not_found", approve_assessment, assessment_id=assessment.pk, by=person, at=at)
    refused("not_found", return_assessment, assessment_id=assessment.pk, by=person, at=at,
            reason="x")  # fmt: skip


def test_evidence_that_changed_after_submission_is_not_approved(at, officer, approver):
    assessment = submitted(at, officer)
    Submission.objects.update(score_numerator=100)

    refused("changed", approve_assessment, assessment_id=assessment.pk, by=approver, at=at)


def test_returning_needs_a_reason_and_opens_the_result_again(at, officer, approver, heard):
    assessment = submitted(at, officer)
    args = {"assessment_id": assessment.pk, "by": approver, "at": at}
    refused("reason", return_assessment, reason="  ", **args)

    back = return_assessment(reason="案例分未附证据", **args)

    assert (back.state, back.return_reason, heard) == ("returned", "案例分未附证据", [])
    refused("state", return_assessment, reason="再退", **args)
    give_mark(assessment, at, points=Fraction(100))
    again = submit_assessment(assessment_id=assessment.pk, by=officer, at=at)
    assert (again.state, again.process) == ("submitted", Fraction("92.5"))
    assert approve_assessment(**args).state == "approved"


def test_a_returned_result_that_lost_a_part_is_not_submitted(at, officer, approver):
    assessment = submitted(at, officer)
    return_assessment(assessment_id=assessment.pk, by=approver, reason="x", at=at)
    ComponentMark.objects.filter(item="case").update(superseded_at=at)

    refused("incomplete", submit_assessment, assessment_id=assessment.pk, by=officer, at=at)


def test_after_approval_nothing_changes(at, officer, approver):
    assessment = submitted(at, officer)
    approve_assessment(assessment_id=assessment.pk, by=approver, at=at)

    assessment.refresh_from_db()
    assessment.title = "改"
    with pytest.raises(FrozenRowError):
        assessment.save()
    assert refresh_assessment(assessment_id=assessment.pk, at=at).total == Fraction("83.6")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "approved"},
        {"state": "submitted"},
        {"state": "returned"},
        {"passed": True},
        {"theory_numerator": 1},
        {"total_numerator": 1, "total_denominator": 0, "total_score": 1},
    ],
)
def test_the_database_guards_the_states(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentFactory(**wrong)


@pytest.mark.parametrize("same", ["submitted_by", "person"])
def test_the_database_refuses_an_approver_who_is_not_another(at, officer, approver, same):
    assessment = submitted(at, officer)
    who = getattr(assessment, same)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(
            state="approved", approved_by=who, approved_at=at
        )
