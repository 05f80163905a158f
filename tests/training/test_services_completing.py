import pytest

from exams.models import Assessment
from exams.signals import assessment_approved
from learning.models import CourseGrant
from tests.factories.training import instant, place_in, ready_class
from training.services import complete_enrolment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("passed", "state"), [(True, "passed"), (False, "failed")])
def test_an_approved_result_closes_the_place(passed, state):
    place = place_in(ready_class())
    assessment = Assessment.objects.get(context=place.context)
    assessment.passed = passed

    complete_enrolment(assessment=assessment, at=instant(9))

    place.refresh_from_db()
    assert (place.state, place.completed_at) == (state, instant(9))
    assert {grant.settled_at for grant in CourseGrant.objects.of(place.person)} == {instant(9)}


def test_training_listens_to_approved_results():
    receivers = {receiver[0][0] for receiver in assessment_approved.receivers}

    assert "training.assessment_approved" in receivers


def test_an_assessment_of_somebody_else_is_left_alone():
    assert complete_enrolment(assessment=Assessment(context="other:1"), at=instant(9)) is None
