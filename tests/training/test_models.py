import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.transaction import atomic

from tests.factories.people import UserFactory
from tests.factories.training import AttendanceFactory, EnrolmentFactory, TrainingClassFactory
from training.models import Enrolment, TrainingClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """Two classes with a trainer and a trainee each."""
    return [
        EnrolmentFactory(
            training_class=TrainingClassFactory(trainers=[UserFactory(roles=["trainer"])])
        )
        for _number in range(2)
    ]


def seen_by(user):
    return (
        set(Enrolment.objects.visible_to(user)),
        set(TrainingClass.objects.visible_to(user)),
    )


@pytest.mark.parametrize("role", ["hr", "officer", "auditor"])
def test_hr_officers_and_auditors_see_every_class(places, role):
    assert seen_by(UserFactory(roles=[role])) == (
        set(places),
        {place.training_class for place in places},
    )


def test_finance_sees_places_but_no_class(places):
    assert seen_by(UserFactory(roles=["finance"])) == (set(places), set())


def test_trainers_and_trainees_see_only_their_own(places):
    mine = places[0]
    expected = ({mine}, {mine.training_class})

    assert seen_by(mine.training_class.trainers.get()) == expected
    assert seen_by(mine.person) == expected


def test_strangers_see_nothing(places):
    assert seen_by(AnonymousUser()) == (set(), set())
    assert seen_by(UserFactory(roles=["trainee"])) == (set(), set())


def test_a_made_up_session_always_has_its_reason():
    with pytest.raises(IntegrityError, match="attendance_made_up_has_a_reason"), atomic():
        AttendanceFactory(state="made_up")

    AttendanceFactory(state="made_up", late_reason="已补听")
